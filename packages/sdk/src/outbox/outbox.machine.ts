import { errorFromCode, type ChatError } from "../errors.js";
import type { OperationStatus } from "../operation.js";
import type { ErrorCode } from "../protocol/error-codes.js";
import type { AckFrame, NackFrame } from "../protocol/operations.js";
import {
  isUnanswered,
  type OutboxDraft,
  type OutboxEntry,
  type OutboxProgress,
} from "./outbox-entry.js";

/** More ops than this are not kept. [B5] */
const ENTRIES_MAX_COUNT = 500;
/** Nor more bytes. [B5] */
const ENTRIES_MAX_BYTES = 5 * 1024 * 1024;
/** What is done with an op, for the text of its errors. */
export const SEND = "send the message";
/** An op that ended this many connections by its size is given up. */
const STRIKES_MAX_COUNT = 2;

/** The outbox of one client: ops in send order, and the line they go out on. */
export interface OutboxState {
  readonly entries: readonly OutboxEntry[];
  /** Unanswered ops allowed under way on this connection; 0 without one. [O6] [H3] */
  readonly windowMaxOps: number;
}

/** What can happen to it: the two answers, and the rest. */
export type OutboxInput =
  | { readonly t: "add"; readonly draft: OutboxDraft }
  /** A failed op is replaced by a new one with the same text. [B2] */
  | { readonly t: "retry"; readonly id: string; readonly draft: OutboxDraft }
  | { readonly t: "discard"; readonly id: string }
  | { readonly t: "connected"; readonly windowMaxOps: number }
  | { readonly t: "disconnected" }
  /** The connection is about to end because a message was too large. */
  | { readonly t: "oversized" }
  /** Also made of our own event or row: either settles the op. [O7] */
  | AckFrame
  | NackFrame
  /** The room's log holds everything up to `seq`. [B3] */
  | { readonly t: "reached"; readonly room: string; readonly seq: number }
  /**
   * The room has caught up on this connection: what was acked on an earlier one is the log's
   * affair.
   */
  | { readonly t: "caught-up"; readonly room: string }
  /** Nobody follows the room, so no cursor will reach what was acked. */
  | { readonly t: "unwatched"; readonly room: string };

/** What the driver has to do. */
export type OutboxEffect =
  /** Hand these frames to the socket in this order; with `isAlone`, in a message of their own. */
  | { readonly type: "transmit"; readonly frames: readonly string[]; readonly isAlone: boolean }
  | { readonly type: "settled"; readonly id: string; readonly outcome: OperationStatus }
  /** The op was not taken, or cannot be discarded; nothing changed. */
  | { readonly type: "refused"; readonly error: ChatError };

/** State after a step, and what to do. */
export interface OutboxStep {
  readonly state: OutboxState;
  readonly effects: readonly OutboxEffect[];
}

/** Nothing to send and no line. */
export const EMPTY_OUTBOX: OutboxState = {
  entries: [],
  windowMaxOps: 0,
};

/** One step of the outbox. [O1] [O6] [O7] [B3] [B5] */
export function stepOutbox(state: OutboxState, input: OutboxInput): OutboxStep {
  switch (input.t) {
    case "add":
      return hasRoomFor(state, input.draft)
        ? add(state, input.draft)
        : refuse(state, "outbox_full");
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
      return settle(state, input.id, failed(input.code));
    case "reached":
      return forget(state, input.room, (_, acked) => acked.seq <= input.seq);
    case "caught-up":
      return forget(state, input.room, (entry) => entry.isOld);
    case "unwatched":
      return forget(state, input.room, () => true);
  }
}

type Acked = Extract<OutboxProgress, { readonly status: "acked" }>;
type Failed = Extract<OutboxProgress, { readonly status: "failed" }>;

function hasRoomFor(state: OutboxState, draft: OutboxDraft): boolean {
  const kept = state.entries.filter((entry) => entry.progress.status !== "acked");
  const bytes = kept.reduce((sum, entry) => sum + entry.bytes, draft.bytes);
  return kept.length < ENTRIES_MAX_COUNT && bytes <= ENTRIES_MAX_BYTES;
}

function add(state: OutboxState, draft: OutboxDraft): OutboxStep {
  const entry: OutboxEntry = {
    ...draft,
    progress: { status: "queued" },
    wasSent: false,
    isOld: false,
    strikes: 0,
  };
  return flush({ ...state, entries: [...state.entries, entry] });
}

function retry(state: OutboxState, id: string, draft: OutboxDraft): OutboxStep {
  const status = find(state, id)?.progress.status ?? "acked";
  if (status !== "failed") return refuse(state, status === "acked" ? "not_found" : "conflict");
  return add(without(state, id), draft);
}

function discard(state: OutboxState, id: string): OutboxStep {
  const entry = find(state, id);
  if (entry === undefined || entry.progress.status === "acked") return refuse(state, "not_found");
  if (entry.progress.status === "failed") return still(without(state, id));
  if (entry.wasSent) return refuse(state, "conflict");
  return {
    state: without(state, id),
    effects: [{ type: "settled", id, outcome: failed("cancelled") }],
  };
}

function connect(state: OutboxState, windowMaxOps: number): OutboxStep {
  const entries = state.entries.map(afterDisconnect);
  return flush({ entries, windowMaxOps: Math.max(1, windowMaxOps) });
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
  if (strikes >= STRIKES_MAX_COUNT) return settle(state, head.id, failed("too_large"));
  return still(replace(state, { ...head, strikes }));
}

function ack(state: OutboxState, { id, seq, at }: AckFrame): OutboxStep {
  const isGivenUp = find(state, id)?.progress.status === "failed";
  if (isGivenUp) return still(without(state, id));
  return settle(state, id, { status: "acked", seq, at });
}

/** The first answer counts; a later one changes nothing. [O7] */
function settle(state: OutboxState, id: string, progress: Acked | Failed): OutboxStep {
  const entry = find(state, id);
  if (!entry || !isUnanswered(entry)) return still(state);
  const { state: next, effects } = flush(replace(state, { ...entry, progress, isOld: false }));
  return { state: next, effects: [{ type: "settled", id, outcome: progress }, ...effects] };
}

function forget(
  state: OutboxState,
  room: string,
  isDone: (entry: OutboxEntry, acked: Acked) => boolean,
): OutboxStep {
  const entries = state.entries.filter(
    (entry) =>
      entry.room !== room || entry.progress.status !== "acked" || !isDone(entry, entry.progress),
  );
  return still(entries.length === state.entries.length ? state : { ...state, entries });
}

/**
 * Sends what may be sent now: in order, as many as the window allows; a suspect goes alone. [O6]
 */
function flush(state: OutboxState): OutboxStep {
  const unanswered = state.entries.filter(isUnanswered);
  const isSuspect = (unanswered[0]?.strikes ?? 0) > 0;
  const windowOps = Math.min(state.windowMaxOps, isSuspect ? 1 : Infinity);
  const due = unanswered.slice(0, windowOps).filter((it) => it.progress.status === "queued");
  if (due.length === 0) return still(state);
  const isDue = new Set(due);
  const entries = state.entries.map((entry) =>
    isDue.has(entry) ? { ...entry, progress: { status: "sent" } as const, wasSent: true } : entry,
  );
  const frames = due.map((entry) => entry.frame);
  return {
    state: { ...state, entries },
    effects: [{ type: "transmit", frames, isAlone: isSuspect }],
  };
}

function find(state: OutboxState, id: string): OutboxEntry | undefined {
  return state.entries.find((entry) => entry.id === id);
}

function without(state: OutboxState, id: string): OutboxState {
  return { ...state, entries: state.entries.filter((entry) => entry.id !== id) };
}

function replace(state: OutboxState, changed: OutboxEntry): OutboxState {
  const entries = state.entries.map((entry) => (entry.id === changed.id ? changed : entry));
  return { ...state, entries };
}

function refuse(state: OutboxState, code: ErrorCode): OutboxStep {
  return { state, effects: [{ type: "refused", error: errorFromCode(code, SEND) }] };
}

function failed(code: string): Failed {
  return { status: "failed", error: errorFromCode(code, SEND) };
}

function still(state: OutboxState): OutboxStep {
  return { state, effects: [] };
}
