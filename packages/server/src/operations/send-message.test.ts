import type { AnyOp, RoomInfo } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import { authorize } from "../auth/authorize.js";
import type { Principal } from "../auth/principal.js";
import { testOpId } from "../testing/op-ids.js";
import { fingerprint } from "./fingerprint.js";
import { sendMessage } from "./send-message.js";

const LOBBY: RoomInfo = { id: "lobby", kind: "public", name: "Lobby" };
const ANN: Principal = { id: "ann", name: "Ann", kind: "user", avatar: "https://a.test/a.png" };

function decide(change: object = {}, principal = ANN) {
  const view = authorize(principal, LOBBY, { guests: "on" });
  if (view === undefined) throw new Error("the lobby cannot be seen");
  const op = { t: "op", room: "lobby", id: testOpId(), k: "msg", body: "hi", format: "md" };
  const { capabilities } = view;
  return sendMessage({ principal, capabilities, now: 1_000 }, { ...op, ...change } as AnyOp);
}

describe("sendMessage", () => {
  it("stores the text with a picture of its author, and nothing a client claims", () => {
    const decision = decide({ author: { name: "Eve" }, by: "eve", seq: 9, at: 9, role: "admin" });
    const author = { name: "Ann", avatar: "https://a.test/a.png", kind: "user" };
    expect(decision).toMatchObject({
      type: "append",
      change: {
        type: "msg",
        author: JSON.stringify(author),
        body: "hi",
        format: "md",
        isInRoom: true,
        mentions: [],
      },
    });
    expect(Object.keys((decision as { change: object }).change)).toHaveLength(6);
  });

  it("[O5] refuses somebody who may read and not send", () => {
    const system: Principal = { id: "system:x", name: "System", kind: "system" };
    expect(decide({}, system)).toMatchObject({ type: "refuse", code: "forbidden" });
  });

  it("[O4] knows a repeated op whatever its author is called by now", () => {
    const renamed = decide({}, { ...ANN, name: "Anna" }) as { fingerprint: string };
    const before = decide() as { fingerprint: string };
    expect(renamed.fingerprint).toBe(before.fingerprint);
    for (const change of [{ body: "ho" }, { format: "text" }]) {
      expect((decide(change) as { fingerprint: string }).fingerprint).not.toBe(before.fingerprint);
    }
  });
});

describe("fingerprint", () => {
  it("tells fields apart that would be the same when joined", () => {
    const texts = [
      fingerprint("a", ["bc", ""]),
      fingerprint("a", ["b", "c"]),
      fingerprint("ab", []),
    ];
    expect(new Set(texts).size).toBe(3);
    expect(texts[0]).toMatch(/^[0-9a-f]{32}$/);
  });
});
