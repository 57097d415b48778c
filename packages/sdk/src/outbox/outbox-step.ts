import type { ChatError } from "../errors.js";
import type { AckFrame, NackFrame } from "../protocol/operations.js";
import type { KeptEntry } from "./kept-entry.js";
import type { OutboxDraft, OutboxEntry, OutboxProgress } from "./outbox-entry.js";

/** The outbox of one client: ops in send order, and the line they go out on. */
export interface OutboxState {
  readonly entries: readonly OutboxEntry[];
  /** Unanswered ops allowed under way on this connection; 0 without one. [O6] [H3] */
  readonly windowMaxOps: number;
}

/** What can happen to it: the two answers, and the rest. */
export type OutboxInput =
  | { readonly t: "add"; readonly draft: OutboxDraft }
  /** These records are durable. [B1] */
  | { readonly t: "kept"; readonly ids: readonly string[] }
  /** Ops of an earlier life of this tab, or of a tab that is gone, with their records. [B1] */
  | { readonly t: "adopted"; readonly entries: readonly KeptEntry[] }
  /** Records can be erased no more: whoever finds one may send its op. [O11] */
  | { readonly t: "detached" }
  /** A failed op is replaced by a new one that asks for the same. [B2] */
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

/** How an op ended. */
export type OutboxOutcome = Extract<OutboxProgress, { readonly status: "acked" | "failed" }>;

/** What the driver has to do, in order. */
export type OutboxEffect =
  /** Write these down, and say when they are `kept`. */
  | { readonly type: "keep"; readonly entries: readonly KeptEntry[] }
  /** Their records are needed no more. */
  | { readonly type: "forget"; readonly ids: readonly string[] }
  /** Hand these frames to the socket in this order; with `isAlone`, in a message of their own. */
  | { readonly type: "transmit"; readonly frames: readonly string[]; readonly isAlone: boolean }
  | { readonly type: "settled"; readonly entry: OutboxEntry; readonly outcome: OutboxOutcome }
  /** The op was not taken; nothing changed. */
  | { readonly type: "refused"; readonly error: ChatError };

/** State after a step, and what to do. */
export interface OutboxStep {
  readonly state: OutboxState;
  readonly effects: readonly OutboxEffect[];
}
