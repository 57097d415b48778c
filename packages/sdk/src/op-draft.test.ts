import { describe, expect, it } from "vitest";
import { opDraft, type Wish } from "./op-draft.js";
import { LIMITS } from "./protocol/limits.js";
import { opSchema } from "./protocol/operations.js";
import { sampleId } from "./testing/sample-log.js";

const PLACE = { id: sampleId(1), room: "lobby", since: 1, at: 2 };
const TARGET = sampleId(2);

function draft(wish: Wish) {
  return opDraft(wish, PLACE, LIMITS);
}

function refusal(wish: object): string {
  try {
    draft(wish as Wish);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "taken";
}

function nested(depth: number): object {
  return depth === 1 ? {} : { deeper: nested(depth - 1) };
}

describe("opDraft", () => {
  const wishes: readonly Wish[] = [
    {
      ...{ k: "msg", body: "hi", format: "md", replyTo: TARGET, thread: TARGET, inRoom: true },
      ...{ mentions: ["user:ada"], meta: { a: [1] } },
    },
    { k: "edit", target: TARGET, body: "better", mentions: ["user:ada"] },
    { k: "del", target: TARGET, reason: "spam" },
    { k: "react", target: TARGET, emoji: "👍" },
    { k: "unreact", target: TARGET, emoji: "👍" },
    { k: "pin", target: TARGET },
    { k: "unpin", target: TARGET },
  ];

  it.each(wishes)("[O1] encodes $k once, with everything that was asked for", (wish) => {
    const { op, frame, bytes, ...place } = draft(wish);
    expect(place).toEqual(PLACE);
    expect(op).toEqual({ t: "op", room: "lobby", id: PLACE.id, ...wish });
    expect(JSON.parse(frame)).toEqual(op);
    expect(opSchema.parse(op)).toEqual(op);
    expect(bytes).toBe(Buffer.byteLength(frame));
  });

  it("[W6] normalises words, and leaves out what is empty", () => {
    const message = draft({ k: "msg", body: "e\u0301\r\n ", mentions: [], meta: {}, inRoom: true });
    expect(message.op).toEqual({
      ...{ t: "op", room: "lobby", id: PLACE.id, k: "msg", body: "é", format: "text" },
    });
    expect(draft({ k: "del", target: TARGET, reason: " " }).op).not.toHaveProperty("reason");
    const twice = draft({ k: "msg", body: "x", mentions: ["a", "b", "a"] }).op;
    expect(twice).toMatchObject({ mentions: ["a", "b"] });
  });

  it("keeps a copy of meta, so that nobody changes it afterwards", () => {
    const meta = { at: new Date(0), none: undefined };
    expect(draft({ k: "msg", body: "x", meta }).op).toMatchObject({
      meta: { at: "1970-01-01T00:00:00.000Z" },
    });
  });

  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;

  it.each([
    ["an empty body", { k: "msg", body: " " }, "invalid"],
    ["a body that is no text", { k: "edit", target: TARGET, body: 7 }, "invalid"],
    ["a long body", { k: "edit", target: TARGET, body: "x".repeat(4_001) }, "too_large"],
    ["another format", { k: "msg", body: "x", format: "html" }, "invalid"],
    ["a thread that is no id", { k: "msg", body: "x", thread: "root" }, "invalid"],
    ["an answer to no id", { k: "msg", body: "x", replyTo: 7 }, "invalid"],
    ["a target that is no id", { k: "pin", target: "x" }, "invalid"],
    ["no target", { k: "del" }, "invalid"],
    ["an emoji with white space", { k: "react", target: TARGET, emoji: "a b" }, "invalid"],
    ["an emoji nobody sees", { k: "react", target: TARGET, emoji: "\u200d\ufe0f" }, "invalid"],
    ["no emoji", { k: "react", target: TARGET }, "invalid"],
    ["a long emoji", { k: "react", target: TARGET, emoji: "x".repeat(65) }, "too_large"],
    ["a mention of nobody", { k: "msg", body: "x", mentions: ["a b"] }, "invalid"],
    [
      "too many mentions",
      { k: "msg", body: "x", mentions: Array.from({ length: 21 }, (_, i) => `u${String(i)}`) },
      "too_large",
    ],
    ["a long reason", { k: "del", target: TARGET, reason: "x".repeat(201) }, "too_large"],
    ["a reason nobody can read", { k: "del", target: TARGET, reason: "\u0007" }, "invalid"],
    ["meta that is a list", { k: "msg", body: "x", meta: [] }, "invalid"],
    ["meta that is nothing", { k: "msg", body: "x", meta: null }, "invalid"],
    ["meta in a circle", { k: "msg", body: "x", meta: cycle }, "invalid"],
    ["large meta", { k: "msg", body: "x", meta: { a: "x".repeat(2_048) } }, "too_large"],
    ["deep meta", { k: "msg", body: "x", meta: nested(LIMITS.metaMaxDepth + 1) }, "invalid"],
  ])("[W6] refuses %s", (_name, wish, code) => {
    expect(refusal(wish)).toBe(code);
  });

  it("[W4] takes meta as deep as a message may be", () => {
    const meta = { a: nested(5) };
    expect(refusal({ k: "msg", body: "x", meta })).toBe("taken");
  });
});
