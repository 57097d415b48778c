import type { Format, NackCode, RoomInfo } from "@confab/sdk/protocol";

/** A room to be created. `epoch` is 16 random hex digits and `at` Unix milliseconds. */
export interface NewRoom {
  readonly room: RoomInfo;
  readonly epoch: string;
  readonly at: number;
}

/** What both outcomes of an op need to know about it. */
interface OpIdentity {
  readonly id: string;
  readonly by: string;
  /** Server time, in Unix milliseconds; a room's own time never goes back. [L1] */
  readonly at: number;
  /** Hash of everything the op asks for. [O4] */
  readonly fingerprint: string;
}

/** An event that is not in the log yet: it has no seq. */
export interface NewEvent extends OpIdentity {
  /** What it does to the rows of the room, and on what conditions. Its type is the event's kind. */
  readonly change: Change;
}

/**
 * What an event does to message rows. A message it names must exist and not be deleted, else the op
 * is refused `target_gone`. Conditions are facts of the row, stated by the operation that knows the
 * rules: storage compares and knows no permission.
 */
export type Change =
  | NewMessage
  | {
      readonly type: "edit";
      readonly target: string;
      readonly body: string;
      readonly mentions: readonly string[];
      /** Another author's message is refused `forbidden`. */
      readonly mustBeBy: string;
      /** A message sent before this is refused `edit_window`. */
      readonly mustBeSince: number;
    }
  | {
      readonly type: "del";
      readonly target: string;
      readonly reason?: string;
      /** Another author's message is refused `forbidden`; absent for who may delete any. */
      readonly mustBeBy?: string;
    }
  | { readonly type: "react" | "unreact"; readonly target: string; readonly emoji: string }
  | { readonly type: "pin" | "unpin"; readonly target: string };

/**
 * The message an event creates. `author` and `meta` are JSON objects. A `thread` that does not
 * exist is refused `target_gone`, and one that is itself a reply `invalid`; so is a missing
 * `replyTo`.
 */
export interface NewMessage {
  readonly type: "msg";
  readonly author: string;
  readonly body: string;
  readonly format: Format;
  readonly replyTo?: string;
  readonly thread?: string;
  readonly isInRoom: boolean;
  readonly mentions: readonly string[];
  readonly meta?: string;
}

/** A read position to be raised: it never goes back and never passes the head. [R1] */
export interface NewReadPosition {
  readonly user: string;
  readonly seq: number;
  readonly at: number;
}

/** An op that is refused for ever. */
export interface Refusal extends OpIdentity {
  readonly code: NackCode;
  readonly detail?: string;
}

/** One thing to do inside a commit. Plain data, since it travels to the writer's thread. */
export type Write =
  | ({ readonly type: "open-room" } & NewRoom)
  | ({ readonly type: "append"; readonly room: string } & NewEvent)
  | ({ readonly type: "refuse"; readonly room: string } & Refusal)
  /** The op with this id by this author is acked if it is stored, whatever it says. [O11] */
  | ({ readonly type: "fence"; readonly room: string } & Omit<OpIdentity, "fingerprint">)
  | ({ readonly type: "read"; readonly room: string } & NewReadPosition)
  /**
   * Events and refusals older than this are forgotten, at most so many of each; rows stay. [O4]
   */
  | { readonly type: "forget"; readonly before: number; readonly maxEvents: number };

/** What became of one write, once its transaction is committed. */
export type WriteOutcome =
  | { readonly type: "opened"; readonly room: RoomInfo }
  | {
      readonly type: "appended";
      readonly seq: number;
      readonly at: number;
      readonly count: number;
      readonly chain: string;
      /** JSON object of the fields this kind adds to the event. */
      readonly payload: string;
    }
  | { readonly type: "duplicate"; readonly seq: number; readonly at: number }
  | { readonly type: "refused"; readonly code: NackCode; readonly detail?: string }
  /** Where the position is now; `isRaised` when this write moved it. */
  | {
      readonly type: "position";
      readonly seq: number;
      readonly count: number;
      readonly isRaised: boolean;
    }
  /** `isComplete` when nothing of that age is left. */
  | { readonly type: "forgotten"; readonly isComplete: boolean };

/** The outcomes of a batch, and how many batches this database has had since it was made. */
export interface CommittedBatch {
  readonly outcomes: readonly WriteOutcome[];
  readonly commits: number;
}

/** What became of a batch: every write of it, or none. */
export type BatchResult =
  ({ readonly ok: true } & CommittedBatch) | { readonly ok: false; readonly cause: unknown };
