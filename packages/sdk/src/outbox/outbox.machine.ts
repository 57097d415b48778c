import { errorFromCode } from "../errors.js";
import type { ErrorCode } from "../protocol/error-codes.js";
import type { AckFrame } from "../protocol/operations.js";
import { entryOfKept, keptEntry, type KeptEntry } from "./kept-entry.js";
import { isUnanswered, type OutboxDraft, type OutboxEntry } from "./outbox-entry.js";
import { flushed } from "./outbox-queue.js";
import type {
  OutboxEffect,
  OutboxInput,
  OutboxOutcome,
  OutboxState,
  OutboxStep,
} from "./outbox-step.js";
import { purposeOf } from "./purpose-of.js";

/** More ops than this are not kept. [B5] */
const ENTRIES_MAX_COUNT = 500;
/** Nor more bytes. [B5] */
const ENTRIES_MAX_BYTES = 5 * 1024 * 1024;
/** An op that ended this many connections by its size is given up. */
const STRIKES_MAX_COUNT = 2;

/** Nothing to send and no line. */
export const EMPTY_OUTBOX: OutboxState = { entries: [], windowMaxOps: 0 };

/**
 * One step of the outbox; `now` is the wall clock, in Unix milliseconds. Whatever it leads to, what
 * may be sent is sent at its end. [O1] [O6] [O7] [O11] [B1] [B3] [B5]
 */
export function stepOutbox(state: OutboxState, input: OutboxInput, now: number): OutboxStep {
  const step = react(state, input);
  if (step.state.entries === state.entries && step.state.windowMaxOps === state.windowMaxOps) {
    return step;
  }
  const { entries, effects } = flushed(step.state, now);
  return { state: { ...step.state, entries }, effects: [...step.effects, ...effects] };
}

function react(state: OutboxState, input: OutboxInput): OutboxStep {
  switch (input.t) {
    case "add":
      return hasRoomFor(state, input.draft)
        ? add(state, input.draft)
        : refuse(state, "outbox_full", purposeOf(input.draft.op));
    case "kept":
      return kept(state, new Set(input.ids));
    case "adopted":
      return adopt(state, input.entries);
    case "detached":
      return still({
        ...state,
        entries: state.entries.map((entry) => ({ ...entry, wasSent: true })),
      });
    case "retry":
      return retry(state, input.id, input.draft);
    case "discard":
      return discard(state, input.id);
    case "connected":
      return connect(state, input.windowMaxOps);
    case "disconnected":
      return still({ entries: state.entries.map(afterDisconnect), windowMaxOps: 0 });
    case "oversized":
      return strike(state);
    case "ack":
      return ack(state, input);
    case "nack":
      return fail(state, input.id, input.code);
    case "reached":
      return forget(state, input.room, (_, seq) => seq <= input.seq);
    case "caught-up":
      return forget(state, input.room, (entry) => entry.isOld);
    case "unwatched":
      return forget(state, input.room, () => true);
  }
}

function hasRoomFor(state: OutboxState, draft: OutboxDraft): boolean {
  const held = state.entries.filter((entry) => entry.progress.status !== "acked");
  const bytes = held.reduce((sum, entry) => sum + entry.bytes, draft.bytes);
  return held.length < ENTRIES_MAX_COUNT && bytes <= ENTRIES_MAX_BYTES;
}

function add(state: OutboxState, draft: OutboxDraft): OutboxStep {
  const entry: OutboxEntry = {
    ...draft,
    progress: { status: "queued" },
    wasSent: false,
    isMarked: state.windowMaxOps > 0,
    writesOwed: 1,
    isOld: false,
    strikes: 0,
  };
  return {
    state: { ...state, entries: [...state.entries, entry] },
    effects: [{ type: "keep", entries: [keptEntry(entry)] }],
  };
}

/** What was given up before it was sent is over when its record says so. [O11] */
function kept(state: OutboxState, ids: ReadonlySet<string>): OutboxStep {
  const entries = state.entries.map((entry) =>
    ids.has(entry.id) && entry.writesOwed > 0
      ? { ...entry, writesOwed: entry.writesOwed - 1 }
      : entry,
  );
  const over = entries.filter((it) => it.fence && !it.wasSent && it.writesOwed === 0);
  const { state: left, effects } = without({ ...state, entries }, over);
  const outcomes = over.map((entry) => settled(entry, failure(entry, "cancelled")));
  return { state: left, effects: [...outcomes, ...effects] };
}

/**
 * What an earlier life or another tab left behind was said before what was not sent yet, and comes
 * before it, in its order. What is here already stays.
 */
function adopt(state: OutboxState, records: readonly KeptEntry[]): OutboxStep {
  const known = new Set(state.entries.map((entry) => entry.id));
  const adopted = records.flatMap((record) => {
    const entry = known.has(record.id) ? undefined : entryOfKept(record);
    return entry ?? [];
  });
  const isYounger = (entry: OutboxEntry): boolean => isUnanswered(entry) && !entry.wasSent;
  const first = state.entries.findIndex(isYounger);
  const place = first < 0 ? state.entries.length : first;
  const entries = [...state.entries.slice(0, place), ...adopted, ...state.entries.slice(place)];
  return marked({ ...state, entries });
}

/**
 * The new op first, then the old one goes: between the two a crash loses nothing. A message that
 * was never stored takes its refused edits with it, since the new one says what they said.
 */
function retry(state: OutboxState, id: string, draft: OutboxDraft): OutboxStep {
  const old = find(state, id);
  const status = old?.progress.status ?? "acked";
  const purpose = purposeOf(draft.op);
  if (status === "acked") return refuse(state, "not_found", purpose);
  if (status !== "failed") return refuse(state, "conflict", purpose);
  const { entries } = state;
  const gone = entries.filter(
    (it) => it === old || (it.progress.status === "failed" && targetOf(it) === id),
  );
  const added = add(state, draft);
  const left = without(added.state, gone);
  return { state: left.state, effects: [...added.effects, ...left.effects] };
}

function discard(state: OutboxState, id: string): OutboxStep {
  const entry = find(state, id);
  if (!entry || entry.progress.status === "acked") return still(state);
  if (entry.progress.status === "failed") return without(state, [entry]);
  if (entry.fence === "cancelled") return still(state);
  const fenced: OutboxEntry = {
    ...entry,
    fence: "cancelled",
    progress: { status: "queued" },
    writesOwed: entry.writesOwed + 1,
  };
  return {
    state: replace(state, fenced),
    effects: [{ type: "keep", entries: [keptEntry(fenced)] }],
  };
}

function connect(state: OutboxState, windowMaxOps: number): OutboxStep {
  const entries = state.entries.map(afterDisconnect);
  return marked({ entries, windowMaxOps: Math.max(1, windowMaxOps) });
}

/** Before an op is sent its record says so: whoever finds it must not think it never was. [O11] */
function marked(state: OutboxState): OutboxStep {
  if (state.windowMaxOps === 0) return still(state);
  const records: KeptEntry[] = [];
  const entries = state.entries.map((entry) => {
    if (entry.isMarked || !isUnanswered(entry)) return entry;
    const changed = { ...entry, isMarked: true, writesOwed: entry.writesOwed + 1 };
    records.push(keptEntry(changed));
    return changed;
  });
  const effects: OutboxEffect[] = records.length > 0 ? [{ type: "keep", entries: records }] : [];
  return { state: { ...state, entries }, effects };
}

/**
 * What was sent is to be sent again: the next connection begins with the first unanswered op. [O6]
 */
function afterDisconnect(entry: OutboxEntry): OutboxEntry {
  const isSent = entry.progress.status === "sent";
  return isSent ? { ...entry, progress: { status: "queued" } } : { ...entry, isOld: true };
}

/** The first unanswered op is suspected; the second time it was alone, so it is convicted. */
function strike(state: OutboxState): OutboxStep {
  const head = state.entries.find(isUnanswered);
  if (head?.progress.status !== "sent") return still(state);
  const strikes = head.strikes + 1;
  if (strikes >= STRIKES_MAX_COUNT) return fail(state, head.id, "too_large");
  return still(replace(state, { ...head, strikes }));
}

/** The first answer counts; a later one changes nothing, except that a refusal was wrong. [O7] */
function ack(state: OutboxState, { id, seq, at }: AckFrame): OutboxStep {
  const entry = find(state, id);
  if (!entry || entry.progress.status === "acked") return still(state);
  if (entry.progress.status === "failed") return without(state, [entry]);
  const outcome: OutboxOutcome = { status: "acked", seq, at };
  const { fence: _fence, ...rest } = entry;
  return {
    state: replace(state, { ...rest, progress: outcome, isOld: false }),
    effects: [settled(entry, outcome)],
  };
}

/** Words that were refused are kept; of anything else only the news remains. [B2] */
function fail(state: OutboxState, id: string, code: string): OutboxStep {
  const entry = find(state, id);
  if (!entry || !isUnanswered(entry)) return still(state);
  const outcome = failure(entry, code === "cancelled" ? (entry.fence ?? code) : code);
  const hasWords = entry.op.k === "msg" || entry.op.k === "edit";
  if (!hasWords || entry.fence === "cancelled") {
    const { state: left, effects } = without(state, [entry]);
    return { state: left, effects: [settled(entry, outcome), ...effects] };
  }
  const { fence: _fence, ...rest } = entry;
  const refused: OutboxEntry = { ...rest, progress: outcome };
  return {
    state: replace(state, refused),
    effects: [settled(entry, outcome), { type: "keep", entries: [keptEntry(refused)] }],
  };
}

function forget(
  state: OutboxState,
  room: string,
  isDone: (entry: OutboxEntry, seq: number) => boolean,
): OutboxStep {
  const done = state.entries.filter(
    (entry) =>
      entry.progress.status === "acked" && entry.room === room && isDone(entry, entry.progress.seq),
  );
  return done.length > 0 ? without(state, done) : still(state);
}

function find(state: OutboxState, id: string): OutboxEntry | undefined {
  return state.entries.find((entry) => entry.id === id);
}

function targetOf({ op }: OutboxEntry): string | undefined {
  return op.k === "msg" ? undefined : op.target;
}

function without(state: OutboxState, gone: readonly OutboxEntry[]): OutboxStep {
  const entries = state.entries.filter((entry) => !gone.includes(entry));
  const ids = gone.map((entry) => entry.id);
  return { state: { ...state, entries }, effects: ids.length > 0 ? [{ type: "forget", ids }] : [] };
}

function replace(state: OutboxState, changed: OutboxEntry): OutboxState {
  const entries = state.entries.map((entry) => (entry.id === changed.id ? changed : entry));
  return { ...state, entries };
}

function settled(entry: OutboxEntry, outcome: OutboxOutcome): OutboxEffect {
  return { type: "settled", entry, outcome };
}

function refuse(state: OutboxState, code: ErrorCode, purpose: string): OutboxStep {
  return { state, effects: [{ type: "refused", error: errorFromCode(code, purpose) }] };
}

function failure({ op }: OutboxEntry, code: string): OutboxOutcome {
  return { status: "failed", error: errorFromCode(code, purposeOf(op)) };
}

function still(state: OutboxState): OutboxStep {
  return { state, effects: [] };
}
