import { describe, expect, it } from "vitest";
import { ScriptedTransport } from "../testing/scripted-transport.js";
import { lazyTransport } from "./lazy-transport.js";
import type { OpenTransport } from "./transport.js";

/** A transport whose loading the test ends. */
function heldTransport() {
  const script = new ScriptedTransport();
  const reports: string[] = [];
  let finish:
    { resolve: (it: OpenTransport) => void; reject: (cause: unknown) => void } | undefined;
  const open = lazyTransport(
    () =>
      new Promise((resolve, reject) => {
        finish = { resolve, reject };
      }),
  );
  const transport = open("https://chat.example", {
    onOpen: () => reports.push("open"),
    onMessage: (message) => reports.push(message),
    onClose: (code) => reports.push(`close ${String(code)}`),
  });
  const settle = async (isThere: "loaded" | "missing"): Promise<void> => {
    if (isThere === "loaded") finish?.resolve(script.openTransport);
    else finish?.reject(new Error("no such file"));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { script, reports, transport, settle };
}

describe("lazyTransport", () => {
  it("opens the line once its code is there, and hands everything on", async () => {
    const { script, reports, transport, settle } = heldTransport();
    transport.send("[early]");
    await settle("loaded");
    script.socket.open();
    script.socket.deliverText("[1]");
    transport.send("[2]");
    script.socket.fail(4300);
    expect(reports).toEqual(["open", "[1]", "close 4300"]);
    expect([script.socket.url, script.socket.messages]).toEqual(["https://chat.example", ["[2]"]]);
  });

  it("is a line nobody could be reached on when its code cannot be loaded", async () => {
    const { reports, settle } = heldTransport();
    await settle("missing");
    expect(reports).toEqual(["close 1006"]);
  });

  it.each(["loaded", "missing"] as const)(
    "[V2] closed before its code was %s, it never opens",
    async (isThere) => {
      const { script, reports, transport, settle } = heldTransport();
      transport.close();
      await settle(isThere);
      expect([reports, script.sockets]).toEqual([[], []]);
    },
  );

  it("[V2] closes the line it opened", async () => {
    const { script, transport, settle } = heldTransport();
    await settle("loaded");
    transport.close();
    expect(script.socket.isOver).toBe(true);
  });
});
