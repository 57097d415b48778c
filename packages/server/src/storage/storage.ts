import type {
  HistoryPage,
  HistoryQuery,
  MessageRow,
  NackCode,
  RoomInfo,
} from "@confab/sdk/protocol";
import type { RoomView } from "../auth/room-view.js";
import type { Done } from "../platform/result.js";
import type { NewEvent, NewRoom, Refusal } from "./write.js";

/** One event as it lies in the log. `payload` is the JSON object of the fields its kind adds. */
export interface StoredEvent {
  readonly room: string;
  readonly seq: number;
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly kind: string;
  readonly count: number;
  readonly chain: string;
  readonly payload: string;
}

/**
 * What became of an op. Nothing else can become of it; a failure of storage is not an outcome. [O2]
 */
export type AppendOutcome =
  | { readonly type: "appended"; readonly event: StoredEvent }
  /** The same op was stored before: its first place, and nothing new to tell anybody. [O4] */
  | { readonly type: "duplicate"; readonly seq: number; readonly at: number }
  | { readonly type: "refused"; readonly code: NackCode; readonly detail?: string };

/** Where a room's log stands. */
export interface LogPosition {
  readonly epoch: string;
  readonly minSeq: number;
  readonly head: number;
  readonly count: number;
  readonly chain: string;
}

/** The log's position, and what a cursor at some seq needs to be judged. [L4] */
export interface CursorPosition extends LogPosition {
  /** Chain at the asked seq; absent when the log does not hold that seq. */
  readonly chainAt?: string;
  /**
   * Bytes of the events after the asked seq; only counted up to `LIMITS.replayMaxEvents` of them.
   */
  readonly bytesAfter: number;
}

/** The newest rows of a room and the position they were read at. */
export interface RoomSnapshot extends LogPosition {
  readonly messages: readonly MessageRow[];
  readonly hasMore: boolean;
}

/** Part of the log, ascending, and the head at that moment. */
export interface EventRange {
  readonly events: readonly StoredEvent[];
  readonly head: number;
}

/** How much of a log to read at once; the first event is always given, whatever its size. */
export interface RangeQuery {
  readonly after: number;
  readonly maxEvents: number;
  readonly maxBytes: number;
}

/** How many rows a snapshot has at most; the newest row is always given, whatever its size. */
export interface SnapshotQuery {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/**
 * Where rooms and their logs are kept. It knows no permission: whoever calls has a `RoomView`, and
 * reads never go below the view's `historyFrom`. Every read is one consistent moment. Answers come
 * by callback, possibly before the call returns.
 */
export interface Storage {
  /** Tells what a room is, or nothing when there is none. */
  findRoom(roomId: string, done: Done<RoomInfo | undefined>): void;
  /** Creates the room unless it exists; answers with what is there then. */
  openRoom(room: NewRoom, done: Done<RoomInfo>): void;
  /**
   * Stores an event. Answers only when it survives a power loss. Calls are committed in the order
   * they were made. [O3] [O6]
   */
  append(view: RoomView, event: NewEvent, done: Done<AppendOutcome>): void;
  /**
   * Refuses an op for ever, unless it is already in the log. In the same order as `append`. [O5]
   */
  refuse(view: RoomView, refusal: Refusal, done: Done<AppendOutcome>): void;
  /** Reads what judging a cursor at `seq` needs. */
  position(view: RoomView, seq: number, done: Done<CursorPosition>): void;
  /** Reads the newest rows. */
  snapshot(view: RoomView, query: SnapshotQuery, done: Done<RoomSnapshot>): void;
  /** Reads events in order. */
  readEvents(view: RoomView, range: RangeQuery, done: Done<EventRange>): void;
  /** Reads a page of rows. [L10] */
  page(view: RoomView, query: HistoryQuery, done: Done<HistoryPage>): void;
  /** Succeeds when storage can answer reads and its writer still works. */
  check(done: Done<undefined>): void;
  /** Commits what is waiting, then lets go of everything. */
  close(done: () => void): void;
}
