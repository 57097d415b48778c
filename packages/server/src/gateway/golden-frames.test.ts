import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeFrame } from "./decode-frame.js";
import { decodeMessage } from "./decode-message.js";

/** One sample of every frame a client may send, written by the SDK. */
const GOLDEN = new URL("../../../sdk/src/protocol/golden/up/", import.meta.url);

const FILES = readdirSync(GOLDEN);

describe("the SDK's golden frames", () => {
  it("are all there", () => {
    const types = new Set(FILES.map((file) => file.split(".")[0]));
    const all = ["auth", "hello", "op", "ping", "pong", "read", "sub", "typing", "unsub"];
    expect([...types].sort()).toEqual(all);
  });

  it.each(FILES)("%s is decoded as what it is, and nothing of it is lost", (file) => {
    const frame = JSON.parse(readFileSync(new URL(file, GOLDEN), "utf8")) as object;
    const [decoded] = decodeMessage(JSON.stringify([frame])) ?? [];
    expect(decodeFrame(decoded)).toEqual({
      type: file === "hello.json" ? "hello" : "frame",
      frame,
    });
  });
});
