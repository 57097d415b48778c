import { LIMITS, type AnyOp, type Capability } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import type { Principal } from "../auth/principal.js";
import { testOpId } from "../testing/op-ids.js";
import type { OperationDecision } from "./operation.js";
import { OPERATIONS } from "./registry.js";

const ANN: Principal = { id: "ann", name: "Ann", kind: "user" };
const NOW = 10_000_000;
const EVERYTHING: readonly Capability[] = [
  "msg.read",
  "msg.send",
  "msg.react",
  "msg.pin",
  "msg.edit.own",
  "msg.delete.own",
];
const TARGET = testOpId();
const MESSAGE = { body: "hi", format: "md" };

function decide(
  k: string,
  fields: object,
  capabilities: readonly Capability[] = EVERYTHING,
): OperationDecision | undefined {
  const op = { t: "op", room: "lobby", id: testOpId(), k, ...fields } as AnyOp;
  return OPERATIONS.get(k)?.({ principal: ANN, capabilities, now: NOW }, op);
}

function fingerprintOf(k: string, fields: object): string | undefined {
  const decision = decide(k, fields);
  return decision?.type === "append" ? decision.fingerprint : undefined;
}

describe("what an op comes to", () => {
  const message = { type: "msg", author: '{"name":"Ann","kind":"user"}', ...MESSAGE };
  const mine = { mustBeBy: "ann" };

  it.each<[string, object, object]>([
    ["msg", MESSAGE, { ...message, isInRoom: true, mentions: [] }],
    [
      "msg",
      { ...MESSAGE, replyTo: TARGET, mentions: ["bob", "bob", "cat"], meta: { a: 1 } },
      { ...message, isInRoom: true, replyTo: TARGET, mentions: ["bob", "cat"], meta: '{"a":1}' },
    ],
    [
      "msg",
      { ...MESSAGE, thread: TARGET },
      { ...message, thread: TARGET, isInRoom: false, mentions: [] },
    ],
    [
      "msg",
      { ...MESSAGE, thread: TARGET, inRoom: true },
      { ...message, thread: TARGET, isInRoom: true, mentions: [] },
    ],
    [
      "edit",
      { target: TARGET, body: "ho", mentions: ["bob"] },
      {
        ...{ type: "edit", target: TARGET, body: "ho", mentions: ["bob"], ...mine },
        mustBeSince: NOW - LIMITS.editWindowMs,
      },
    ],
    ["del", { target: TARGET }, { type: "del", target: TARGET, ...mine }],
    [
      "del",
      { target: TARGET, reason: "rude" },
      { type: "del", target: TARGET, reason: "rude", ...mine },
    ],
    ["react", { target: TARGET, emoji: "👍" }, { type: "react", target: TARGET, emoji: "👍" }],
    ["unreact", { target: TARGET, emoji: "👍" }, { type: "unreact", target: TARGET, emoji: "👍" }],
    ["pin", { target: TARGET }, { type: "pin", target: TARGET }],
    ["unpin", { target: TARGET }, { type: "unpin", target: TARGET }],
  ])("[O1][O10][O12] %s %j", (k, fields, change) => {
    const claims = {
      by: "eve",
      at: 1,
      seq: 9,
      author: { name: "Eve" },
      mustBeBy: "eve",
      role: "x",
    };
    expect(decide(k, { ...claims, ...fields })).toEqual({
      type: "append",
      change,
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
  });

  it("[O11] a fence is settled by what is stored, whatever its sender may do", () => {
    expect(decide("fence", {}, ["msg.read"])).toEqual({ type: "fence" });
  });

  it("[O10] who may delete any message is not asked whose it is", () => {
    const decision = decide("del", { target: TARGET }, ["msg.read", "msg.delete.any"]);
    expect(decision).toMatchObject({ type: "append", change: { type: "del", target: TARGET } });
    expect(decision).not.toHaveProperty("change.mustBeBy");
  });
});

describe("why an op is refused", () => {
  const letters = (count: number) => "x".repeat(count);
  const invalid = { type: "refuse", code: "invalid" };
  const tooLarge = { type: "refuse", code: "too_large" };

  it.each<[string, string, object, object]>([
    ["an empty body", "msg", { ...MESSAGE, body: " " }, { ...invalid, detail: "empty" }],
    ["a control character", "msg", { ...MESSAGE, body: "a\u0000" }, invalid],
    ["a body that is too long", "msg", { ...MESSAGE, body: letters(4_001) }, tooLarge],
    ["a format nobody knows", "msg", { ...MESSAGE, format: "html" }, invalid],
    ["no body", "msg", { format: "md" }, invalid],
    ["a thread that is no id", "msg", { ...MESSAGE, thread: "x" }, invalid],
    ["an inRoom that is no truth value", "msg", { ...MESSAGE, inRoom: 1 }, invalid],
    ["too many mentions", "msg", { ...MESSAGE, mentions: Array(21).fill("bob") }, invalid],
    ["meta that is no object", "msg", { ...MESSAGE, meta: [1] }, invalid],
    [
      "meta that is too long",
      "msg",
      { ...MESSAGE, meta: { a: letters(2_041) } },
      { ...tooLarge, detail: "meta" },
    ],
    ["an edit to nothing", "edit", { target: TARGET, body: "" }, { ...invalid, detail: "empty" }],
    ["an edit too long", "edit", { target: TARGET, body: letters(4_001) }, tooLarge],
    ["an edit of no message", "edit", { body: "hi" }, invalid],
    ["a reason too long", "del", { target: TARGET, reason: letters(201) }, tooLarge],
    ["a reason not shown", "del", { target: TARGET, reason: "\u0007" }, invalid],
    ["two words as emoji", "react", { target: TARGET, emoji: "a b" }, invalid],
    ["an emoji not in NFC", "react", { target: TARGET, emoji: ":e\u0301:" }, invalid],
    ["an emoji nobody sees", "react", { target: TARGET, emoji: "\u200d\ufe0f" }, invalid],
    ["an emoji too long", "react", { target: TARGET, emoji: letters(65) }, invalid],
    ["no emoji", "unreact", { target: TARGET }, invalid],
    ["a target that is no id", "pin", { target: "1" }, invalid],
  ])("[O5] %s in %s", (_case, k, fields, refusal) => {
    expect(decide(k, fields)).toMatchObject(refusal);
  });

  it("takes meta up to its limit", () => {
    expect(decide("msg", { ...MESSAGE, meta: { a: letters(2_040) } })).toMatchObject({
      type: "append",
    });
  });

  it.each<[string, object, Capability]>([
    ["msg", MESSAGE, "msg.send"],
    ["edit", { target: TARGET, body: "hi" }, "msg.edit.own"],
    ["del", { target: TARGET }, "msg.delete.own"],
    ["react", { target: TARGET, emoji: "👍" }, "msg.react"],
    ["unreact", { target: TARGET, emoji: "👍" }, "msg.react"],
    ["pin", { target: TARGET }, "msg.pin"],
    ["unpin", { target: TARGET }, "msg.pin"],
  ])("[O5] %s needs its own permission, and is known even without it", (k, fields, needed) => {
    const without = decide(
      k,
      fields,
      EVERYTHING.filter((it) => it !== needed),
    );
    const fingerprint = fingerprintOf(k, fields);
    expect(without).toEqual({ type: "refuse", code: "forbidden", fingerprint });
    expect(decide(k, fields, [needed])).toMatchObject({ type: "append" });
  });
});

describe("the fingerprint of an op", () => {
  it("[O4] is for words alone what it was before there was anything else", () => {
    const kept = fingerprintOf("msg", { body: "first", format: "text" });
    expect(kept).toBe("14d661b6590a3f65b3a97a0d61b45254");
  });

  it.each<[string, object, readonly object[]]>([
    [
      "msg",
      MESSAGE,
      [
        { body: "ho" },
        { format: "text" },
        { replyTo: TARGET },
        { thread: TARGET },
        { thread: TARGET, inRoom: true },
        { mentions: ["bob"] },
        { mentions: ["cat"] },
        { meta: {} },
        { meta: { a: 1 } },
      ],
    ],
    ["edit", { target: TARGET, body: "a" }, [{ body: "b" }, { mentions: ["bob"] }]],
    ["del", { target: TARGET }, [{ target: testOpId() }, { reason: "rude" }]],
    ["react", { target: TARGET, emoji: "a" }, [{ emoji: "b" }, { target: testOpId() }]],
    ["pin", { target: TARGET }, [{ target: testOpId() }]],
  ])("[O4] tells every field of %s", (k, fields, changes) => {
    const all = [fields, ...changes.map((change) => ({ ...fields, ...change }))];
    const prints = all.map((it) => fingerprintOf(k, it));
    expect(prints).not.toContain(undefined);
    expect(new Set(prints).size).toBe(all.length);
    expect(all.map((it) => fingerprintOf(k, { ...it, at: 5 }))).toEqual(prints);
  });

  it.each<[string, object, object]>([
    ["msg", MESSAGE, { mentions: [] }],
    ["msg", MESSAGE, { inRoom: false }],
    ["msg", MESSAGE, { inRoom: true }],
    ["msg", MESSAGE, { inRoom: true, mentions: [] }],
    ["msg", { ...MESSAGE, thread: TARGET }, { inRoom: false }],
    ["edit", { target: TARGET, body: "a" }, { mentions: [] }],
  ])("[O4] of %s %j does not tell what says nothing from what is absent: %j", (k, fields, more) => {
    expect(decide(k, { ...fields, ...more })).toEqual(decide(k, fields));
    expect(decide(k, fields)?.type).toBe("append");
  });

  it("[O4] tells an op from its opposite", () => {
    const reaction = { target: TARGET, emoji: "👍" };
    expect(fingerprintOf("react", reaction)).not.toBe(fingerprintOf("unreact", reaction));
    const pin = { target: TARGET };
    expect(fingerprintOf("pin", pin)).not.toBe(fingerprintOf("unpin", pin));
  });
});
