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
  readonly kind: string;
  /** JSON object of the fields this kind adds to the event. */
  readonly payload: string;
  /** The row this event creates, if it creates one. */
  readonly message?: NewMessage;
}

/** The part of a message row that its author decides. `author` is a JSON object. */
export interface NewMessage {
  readonly author: string;
  readonly body: string;
  readonly format: Format;
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
  | ({ readonly type: "refuse"; readonly room: string } & Refusal);

/** What became of one write, once its transaction is committed. */
export type WriteOutcome =
  | { readonly type: "opened"; readonly room: RoomInfo }
  | {
      readonly type: "appended";
      readonly seq: number;
      readonly at: number;
      readonly count: number;
      readonly chain: string;
    }
  | { readonly type: "duplicate"; readonly seq: number; readonly at: number }
  | { readonly type: "refused"; readonly code: NackCode; readonly detail?: string };

/** What became of a batch: every write of it, or none. */
export type BatchResult =
  | { readonly ok: true; readonly outcomes: readonly WriteOutcome[] }
  | { readonly ok: false; readonly cause: unknown };
