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
  /** Loads every room and every open thread back to its start. */
  | { readonly do: "load" }
  | { readonly do: "dump" }
  | { readonly do: "close" };

/** How a room or a thread looks to an actor. */
export interface ListReport {
  readonly room: string;
  readonly thread?: string;
  readonly status: string;
  readonly pending: number;
}

/** How things stand with an actor. */
export interface ActorReport {
  readonly lists: readonly ListReport[];
  /** Unread messages by room, of the rooms in its list. */
  readonly unread: Readonly<Record<string, number>>;
  /** Ops of this life without an outcome. */
  readonly unsettled: number;
}

/** A message as a dump holds it: everything the timeline says of it. */
export type ShownMessage = Omit<TimelineMessage, "isGroupStart" | "isGroupEnd">;

/** What a room or a thread shows, in its order. */
export interface ShownList {
  readonly room: string;
  /** Root of the thread; absent for the room itself. */
  readonly thread?: string;
  readonly messages: readonly ShownMessage[];
}

/** Everything a client shows: its rooms, and the threads it has opened. */
export type Dump = readonly ShownList[];
