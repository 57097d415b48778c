import { describe, expect, it } from "vitest";
import { ChatError } from "../errors.js";
import {
  SAMPLE_NOW as NOW,
  sampleDraft as draft,
  sampleEntry,
  sampleRecord as record,
} from "../testing/sample-outbox.js";
import type { OutboxEntry } from "./outbox-entry.js";
import { stepOutbox } from "./outbox.machine.js";
import type { OutboxInput, OutboxState, OutboxStep } from "./outbox-step.js";

const FAILED = new ChatError("forbidden", "unable to send the message; no");
const FIRST = draft(1);
const ENTRY = sampleEntry(FIRST);
const SENT: OutboxEntry = {
  ...ENTRY,
  progress: { status: "sent" },
  wasSent: true,
  isMarked: true,
};

/** One op in each of the states an op can be in. */
const STATES = {
  queued: { entries: [ENTRY], windowMaxOps: 0 },
  unkept: { entries: [{ ...ENTRY, isMarked: true, writesOwed: 1 }], windowMaxOps: 32 },
  sent: { entries: [SENT], windowMaxOps: 32 },
  cancelling: { entries: [{ ...SENT, fence: "cancelled" }], windowMaxOps: 32 },
  acked: {
    entries: [{ ...SENT, progress: { status: "acked", seq: 5, at: 9 } }],
    windowMaxOps: 32,
  },
  failed: {
    entries: [{ ...SENT, progress: { status: "failed", error: FAILED } }],
    windowMaxOps: 32,
  },
} as const satisfies Record<string, OutboxState>;
type Name = keyof typeof STATES;

const INPUTS = {
  add: { t: "add", draft: draft(2) },
  kept: { t: "kept", ids: [FIRST.id] },
  adopted: { t: "adopted", entries: [record(1), record(3)] },
  retry: { t: "retry", id: FIRST.id, draft: draft(2) },
  detached: { t: "detached" },
  discard: { t: "discard", id: FIRST.id },
  connected: { t: "connected", windowMaxOps: 32 },
  disconnected: { t: "disconnected" },
  oversized: { t: "oversized" },
  ack: { t: "ack", room: "lobby", id: FIRST.id, seq: 5, at: 9 },
  nack: { t: "nack", room: "lobby", id: FIRST.id, code: "muted" },
  reached: { t: "reached", room: "lobby", seq: 5 },
  "caught-up": { t: "caught-up", room: "lobby" },
  unwatched: { t: "unwatched", room: "lobby" },
} satisfies { [Name in OutboxInput["t"]]: Extract<OutboxInput, { t: Name }> };

/** The ops afterwards by status, then the effects. */
const TABLE: Record<Name, Record<OutboxInput["t"], string>> = {
  queued: {
    add: "queued queued | keep",
    kept: "queued",
    adopted: "queued queued",
    retry: "queued | refused",
    detached: "queued",
    discard: "cancelling | keep",
    connected: "queued | keep",
    disconnected: "queued",
    oversized: "queued",
    ack: "acked | settled",
    nack: "failed | settled keep",
    reached: "queued",
    "caught-up": "queued",
    unwatched: "queued",
  },
  unkept: {
    add: "queued queued | keep",
    kept: "sent | transmit",
    adopted: "sent queued | transmit",
    retry: "queued | refused",
    detached: "queued",
    discard: "cancelling | keep",
    connected: "queued",
    disconnected: "queued",
    oversized: "queued",
    ack: "acked | settled",
    nack: "failed | settled keep",
    reached: "queued",
    "caught-up": "queued",
    unwatched: "queued",
  },
  sent: {
    add: "sent queued | keep",
    kept: "sent",
    adopted: "sent sent | transmit",
    retry: "sent | refused",
    detached: "sent",
    discard: "cancelling | keep",
    connected: "sent | transmit",
    disconnected: "queued",
    oversized: "sent",
    ack: "acked | settled",
    nack: "failed | settled keep",
    reached: "sent",
    "caught-up": "sent",
    unwatched: "sent",
  },
  cancelling: {
    add: "cancelling queued | keep",
    kept: "cancelling",
    adopted: "cancelling sent | transmit",
    retry: "cancelling | refused",
    detached: "cancelling",
    discard: "cancelling",
    connected: "cancelling | transmit",
    disconnected: "cancelling",
    oversized: "cancelling",
    ack: "acked | settled",
    nack: "| settled forget",
    reached: "cancelling",
    "caught-up": "cancelling",
    unwatched: "cancelling",
  },
  acked: {
    add: "acked queued | keep",
    kept: "acked",
    adopted: "acked sent | transmit",
    retry: "acked | refused",
    detached: "acked",
    discard: "acked",
    connected: "acked",
    disconnected: "acked",
    oversized: "acked",
    ack: "acked",
    nack: "acked",
    reached: "| forget",
    "caught-up": "acked",
    unwatched: "| forget",
  },
  failed: {
    add: "failed queued | keep",
    kept: "failed",
    adopted: "failed sent | transmit",
    retry: "queued | keep forget",
    detached: "failed",
    discard: "| forget",
    connected: "failed",
    disconnected: "failed",
    oversized: "failed",
    ack: "| forget",
    nack: "failed",
    reached: "failed",
    "caught-up": "failed",
    unwatched: "failed",
  },
};

function describeStep({ state, effects }: OutboxStep): string {
  const statuses = state.entries
    .map((entry) => (entry.fence ? "cancelling" : entry.progress.status))
    .join(" ");
  const types = effects.map((effect) => effect.type).join(" ");
  return [statuses, types && `| ${types}`].filter(Boolean).join(" ");
}

describe("stepOutbox", () => {
  for (const name of Object.keys(TABLE) as Name[]) {
    for (const input of Object.keys(INPUTS) as OutboxInput["t"][]) {
      const expected = TABLE[name][input];
      it(`${input} with one op ${name}: ${expected || "empty"}`, () => {
        expect(describeStep(stepOutbox(STATES[name], INPUTS[input], NOW))).toBe(expected);
      });
    }
  }

  it("[O11] what was given up before it was sent is over when its record says so", () => {
    const given = stepOutbox(STATES.unkept, INPUTS.discard, NOW).state;
    const once = stepOutbox(given, INPUTS.kept, NOW);
    expect(describeStep(once)).toBe("cancelling");
    expect(describeStep(stepOutbox(once.state, INPUTS.kept, NOW))).toBe("| settled forget");
  });

  it("[O11] what was given up as its storage failed is taken back by a fence", () => {
    const given = stepOutbox(STATES.unkept, INPUTS.discard, NOW).state;
    const detached = stepOutbox(given, INPUTS.detached, NOW).state;
    const once = stepOutbox(detached, INPUTS.kept, NOW).state;
    expect(describeStep(stepOutbox(once, INPUTS.kept, NOW))).toBe("cancelling | transmit");
  });
});
