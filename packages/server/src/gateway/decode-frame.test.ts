import { describe, expect, it } from "vitest";
import { decodeFrame } from "./decode-frame.js";
import { decodeMessage } from "./decode-message.js";

describe("decodeFrame", () => {
  it.each([null, 5, "text", [], {}, { t: 5 }, { t: null }])(
    "[W4] %j is no frame",
    (value: unknown) => {
      expect(decodeFrame(value)).toEqual({ type: "bad" });
    },
  );

  it.each(["slow", "gone", "toString", "__proto__", "constructor", ""])(
    "[W3] a frame of the type %j is unknown and not bad",
    (type) => {
      expect(decodeFrame({ t: type })).toEqual({ type: "unknown" });
    },
  );

  it("an op of an unknown kind is a frame, one without an id is not", () => {
    const op = { t: "op", room: "lobby", id: "01890a5d-ac96-774b-bcce-b302099a8057", k: "new" };
    expect(decodeFrame(op)).toEqual({ type: "frame", frame: op });
    expect(decodeFrame({ ...op, id: "1" })).toEqual({ type: "bad", room: "lobby" });
  });

  it("[W5] ids that break their grammar are refused", () => {
    const cursor = { epoch: "0".repeat(16), seq: 1, chain: "0".repeat(16) };
    const good = { t: "sub", room: "lobby", ref: 1, cur: cursor };
    const bad = [
      { ...good, room: "Lobby" },
      { ...good, room: "../x" },
      { ...good, room: "x".repeat(65) },
      { ...good, ref: 0 },
      { ...good, ref: 1.5 },
      { ...good, cur: { ...cursor, seq: -1 } },
      { ...good, cur: { ...cursor, seq: Number.MAX_SAFE_INTEGER + 1 } },
      { ...good, cur: { ...cursor, epoch: "" } },
    ];
    expect(decodeFrame(good).type).toBe("frame");
    for (const frame of bad) expect(decodeFrame(frame).type).toBe("bad");
  });

  it("[W4] what is told about a bad frame is never the input itself", () => {
    const decoded = decodeFrame({ t: "sub", room: "<script>", ref: "<script>" });
    expect(JSON.stringify(decoded)).not.toContain("script");
  });
});

describe("decodeMessage", () => {
  it("[W4] any text is decoded or refused, and nothing is thrown", () => {
    const alphabet = ["[", "]", "{", "}", '"', "\\", ",", ":", "1", "null", "\ud800", " "];
    let state = 7;
    for (let round = 0; round < 5_000; round += 1) {
      let text = "";
      for (let length = state % 24; length >= 0; length -= 1) {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        text += alphabet[state % alphabet.length] ?? "";
      }
      const decoded = decodeMessage(text);
      for (const element of decoded ?? []) decodeFrame(element);
      expect(decoded === undefined || Array.isArray(decoded)).toBe(true);
    }
  });
});
