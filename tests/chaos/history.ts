/** What an actor asked for: the op as it was handed to the SDK. */
export interface Submission {
  readonly kind: string;
  readonly body?: string;
  readonly target?: string;
  readonly emoji?: string;
  readonly replyTo?: string;
  readonly thread?: string;
  readonly inRoom?: boolean;
}

/**
 * One line of the history of a run, written by whoever it happened to, outside the product. A
 * *life* is one client from its start to its end: a reloaded page begins another.
 */
export type HistoryLine = { readonly at: number; readonly life: string } & (
  | { readonly type: "born"; readonly user: string }
  /** Whether what is sent outlives the client, from now on. */
  | { readonly type: "storage"; readonly status: "opening" | "persistent" | "memory" }
  | ({ readonly type: "submitted"; readonly room: string; readonly id: string } & Submission)
  | { readonly type: "acked"; readonly room: string; readonly id: string; readonly seq: number }
  | { readonly type: "nacked"; readonly room: string; readonly id: string; readonly code: string }
  /** It was taken back: whether in time, a later life may be told. */
  | { readonly type: "discarded"; readonly room: string; readonly id: string }
  /** A message of the log was shown for the first time in this life. */
  | { readonly type: "shown"; readonly room: string; readonly id: string; readonly seq: number }
  /** Something rare that a run should have seen: a snapshot and why, the line by HTTP. */
  | { readonly type: "noticed"; readonly what: string }
  /** The timeline broke a rule of its own. */
  | { readonly type: "broken"; readonly room: string; readonly problem: string }
  /** The life ended; `hard` without any warning. */
  | { readonly type: "ended"; readonly how: "hard" | "soft" }
  /** Something was done to the world; its life is `world`. */
  | { readonly type: "fault"; readonly what: string }
);

type WithoutStamp<Line> = Line extends unknown ? Omit<Line, "at" | "life"> : never;

/** A line before it is known whose it is, and when. */
export type HistoryEntry = WithoutStamp<HistoryLine>;
