import type { ReadableAtom } from "nanostores";
import type { ChatError } from "./errors.js";

/** Where an operation stands. `acked` and `failed` are final. [O2] */
export type OperationStatus =
  | { readonly status: "pending" }
  | { readonly status: "acked"; readonly seq: number; readonly at: number }
  | { readonly status: "failed"; readonly error: ChatError };

/** The handle of something asked for: it has its id before the first attempt, and keeps it. [O1] */
export interface Operation {
  readonly id: string;
  readonly $status: ReadableAtom<OperationStatus>;
  /**
   * Resolves with its place in the log; rejects with a `ChatError` when it is refused or discarded.
   * When the chat ends before an answer came it rejects with `closed` or the reason, though the
   * outcome stays open and `$status` pending.
   */
  readonly settled: Promise<{ readonly seq: number; readonly at: number }>;
}
