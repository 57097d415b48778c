import type { TimelineMessage } from "@confab/sdk";

/** Who an actor is, and what it may play with. */
export interface ActorSetup {
  readonly life: string;
  readonly user: string;
  /** The server's address: that of the proxy. */
  readonly url: string;
  /** Gives a connect token as text. */
  readonly tokenUrl: string;
  readonly rooms: readonly string[];
  /** Everybody there is. */
  readonly users: readonly string[];
  readonly seed: string;
}

/** What the driver asks of an actor. */
export type Command =
  /** From now on so many ops a second on average; 0 for silence. */
  | { readonly do: "pace"; readonly opsPerSecond: number }
  | { readonly do: "burst"; readonly ops: number }
  /** What a person does who presses "reconnect". */
  | { readonly do: "connect" }
  | { readonly do: "report" }
  /** Loads every room back to its start. */
  | { readonly do: "load" }
  | { readonly do: "dump" }
  | { readonly do: "close" };

/** How a room looks to an actor. */
export interface RoomReport {
  readonly room: string;
  readonly status: string;
  /** Seq of the newest message of the log that is shown. */
  readonly lastSeq: number;
  readonly pending: number;
  readonly hasOlder: boolean;
}

/** How things stand with an actor. */
export interface ActorReport {
  readonly rooms: readonly RoomReport[];
  /** Unread messages by room, of the rooms in its list. */
  readonly unread: Readonly<Record<string, number>>;
  /** Ops of this life without an outcome. */
  readonly unsettled: number;
}

/** A message as a dump holds it: everything the timeline says of it. */
export type ShownMessage = Omit<TimelineMessage, "isGroupStart" | "isGroupEnd">;

/** All messages of all rooms, in the order shown. */
export type Dump = Readonly<Record<string, readonly ShownMessage[]>>;
