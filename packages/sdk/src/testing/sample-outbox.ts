import type { KeptEntry } from "../outbox/kept-entry.js";
import type { OutboxDraft, OutboxEntry } from "../outbox/outbox-entry.js";
import { stepOutbox } from "../outbox/outbox.machine.js";
import type { OutboxEffect, OutboxInput, OutboxState } from "../outbox/outbox-step.js";
import { sampleId } from "./sample-log.js";

/** When sample ops are asked for. */
export const SAMPLE_NOW = 1_000;

/** A message to be sent, named by a number. */
export function sampleDraft(number: number, change: Partial<OutboxDraft> = {}): OutboxDraft {
  const id = sampleId(number);
  const op = { t: "op", room: "lobby", id, k: "msg", body: "hi", format: "text" } as const;
  const frame = JSON.stringify(op);
  return {
    id,
    room: "lobby",
    frame,
    bytes: frame.length,
    op,
    since: SAMPLE_NOW,
    at: SAMPLE_NOW,
    ...change,
  };
}

/** The same with another op in it. */
export function sampleAsking(number: number, change: object): OutboxDraft {
  const { op: message } = sampleDraft(number);
  const { body: _body, ...base } = message as { body: string };
  const op = { target: sampleId(99), ...base, ...change } as unknown as OutboxDraft["op"];
  return sampleDraft(number, { op, frame: JSON.stringify(op) });
}

/** An entry that waits for a line. */
export function sampleEntry(draft: OutboxDraft, change: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    ...draft,
    progress: { status: "queued" },
    wasSent: false,
    isMarked: false,
    writesOwed: 0,
    isOld: false,
    strikes: 0,
    ...change,
  };
}

/** The record of an op that may have been sent. */
export function sampleRecord(number: number, change: Partial<KeptEntry> = {}): KeptEntry {
  const { id, room, frame, since, at } = sampleDraft(number);
  return { id, room, frame, since, at, wasSent: true, ...change };
}

/** Steps with a journal that writes at once, unless told otherwise, at some time of day. */
export function runOutbox(state: OutboxState, ...inputs: readonly OutboxInput[]) {
  return runOutboxAt(SAMPLE_NOW, "at once", state, ...inputs);
}

export function runOutboxAt(
  now: number,
  journal: "at once" | "never",
  state: OutboxState,
  ...inputs: readonly OutboxInput[]
) {
  const effects: OutboxEffect[] = [];
  let current = state;
  const queue = [...inputs];
  for (let input = queue.shift(); input; input = queue.shift()) {
    const step = stepOutbox(current, input, now);
    current = step.state;
    effects.push(...step.effects);
    for (const effect of step.effects) {
      if (effect.type !== "keep" || journal === "never") continue;
      queue.unshift({ t: "kept", ids: effect.entries.map((entry) => entry.id) });
    }
  }
  const sent = effects.flatMap((effect) => (effect.type === "transmit" ? [effect.frames] : []));
  return { state: current, effects, sent };
}
