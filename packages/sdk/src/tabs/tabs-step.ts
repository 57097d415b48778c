/** What is known of an op without reading it. */
export interface TabOp {
  readonly id: string;
  readonly room: string;
  /** Somebody does not want it any more. */
  readonly isCancelled?: true;
  /** Its place in the log, once it is acked. */
  readonly seq?: number;
}

/** An op of another tab. */
export interface OtherOp<Op extends TabOp> {
  /** The tab that has it. */
  readonly tab: string;
  readonly op: Op;
  /** Its place in the log, once it is settled: shown from here until our cursor gets there. */
  readonly seq?: number;
  /** It was settled before our room was asked for: caught up, the room holds it or has lost it. */
  readonly isOld?: true;
  /** Somebody here does not want it; its owner is to take it back. */
  readonly isUnwanted?: true;
}

/** What is known of another tab. Times are monotonic, in milliseconds. */
export interface OtherTab {
  readonly heardAt: number;
  /** Since when its answer is waited for. */
  readonly askedAt?: number;
  /** It said goodbye, or did not answer. */
  readonly isGone?: true;
}

/** The other tabs of a user, as one tab knows them. */
export interface TabsState<Op extends TabOp> {
  readonly tabs: ReadonlyMap<string, OtherTab>;
  readonly ops: ReadonlyMap<string, OtherOp<Op>>;
  /** Ids of the ops of this tab, which no other can have. */
  readonly own: ReadonlySet<string>;
  /** Ids our logs hold, the newest last: a tab without a line may not know that they do. */
  readonly inLog: readonly string[];
}

/** A place in the log is null when the op is in none. */
type Gone = readonly (readonly [id: string, seq: number | null])[];

/** What a tab hears of the others, and what our own logs say of their ops. */
export type TabsInput<Op extends TabOp> =
  | LogNews
  /** A tab said something. */
  | { readonly t: "heard"; readonly tab: string }
  /** All that a tab has. */
  | { readonly t: "whole"; readonly tab: string; readonly ops: readonly Op[] }
  /** What changed in a tab. */
  | {
      readonly t: "changed";
      readonly tab: string;
      readonly put: readonly Op[];
      readonly gone: Gone;
    }
  | { readonly t: "bye"; readonly tab: string }
  | { readonly t: "tick" }
  /** A tab that does not answer has left nothing behind. */
  | { readonly t: "gone"; readonly tab: string }
  /** These are ours, and not any more; `logged` are those of them that our log holds. */
  | { readonly t: "own"; readonly ids: readonly string[] }
  | { readonly t: "released"; readonly ids: readonly string[]; readonly logged: readonly string[] }
  /** Somebody here does not want this op of another tab. */
  | { readonly t: "unwanted"; readonly id: string };

/** What the log of a room says about the ops that other tabs had. [B4] */
export type LogNews =
  /** The room is asked for: its answer covers everything that is settled by now. */
  | { readonly t: "subscribed"; readonly room: string }
  | { readonly t: "caught-up"; readonly room: string }
  /** It holds everything up to `seq`. */
  | { readonly t: "reached"; readonly room: string; readonly seq: number }
  /** It holds this op of ours. */
  | { readonly t: "applied"; readonly id: string; readonly seq: number }
  /** Nobody follows it here, so no cursor will reach anything. */
  | { readonly t: "unwatched"; readonly room: string };

/** What is to be done. */
export type TabsEffect =
  /** Ask this tab whether it is there. */
  | { readonly type: "ask"; readonly tab: string }
  /** It is not: look whether it left something that can be adopted, or is `gone` for good. */
  | { readonly type: "look"; readonly tab: string }
  /** Ask this tab to give the op up; and keep the wish, for whoever finds the op if it is gone. */
  | { readonly type: "discard"; readonly tab: string; readonly room: string; readonly id: string }
  /** The wish is fulfilled, too late, or somebody else's affair. */
  | { readonly type: "drop-wish"; readonly id: string };

/** State after a step, and what to do. */
export interface TabsStep<Op extends TabOp> {
  readonly state: TabsState<Op>;
  readonly effects: readonly TabsEffect[];
}
