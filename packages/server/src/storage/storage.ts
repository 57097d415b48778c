import type {
  HistoryPage,
  HistoryQuery,
  MemberReceipt,
  MessageRow,
  NackCode,
  ReadPosition,
  RoomFrame,
  RoomInfo,
  ThreadPage,
  Versions,
} from "@confab/sdk/protocol";
import type { RoomView } from "../auth/room-view.js";
import type { Done } from "../platform/result.js";
import type { NewEvent, NewReadPosition, NewRoom, Refusal } from "./write.js";

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

/** An op to be taken back. */
export type FencedOp = Pick<NewEvent, "id" | "by" | "at">;

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

/** What one person has read in a room, and what that leaves. [R2] */
export interface Reading {
  /** Absent for somebody who has read nothing and said nothing there. */
  readonly read?: ReadPosition;
  readonly unread: number;
  readonly mentions: number;
}

/** Where a read position is after a write; `isRaised` when that write moved it. */
export interface RaisedPosition extends ReadPosition {
  readonly isRaised: boolean;
}

/** One room of a room list: what a `room` frame says. */
export type ListedRoom = Omit<RoomFrame, "t">;

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
  /**
   * Refuses an op for a room that is not there for its author, as `refuse` does: should there be
   * such a room later, the op stays refused. [O5]
   */
  refuseUnseen(roomId: string, refusal: Refusal, done: Done<AppendOutcome>): void;
  /** Reads what judging a cursor at `seq` needs. */
  position(view: RoomView, seq: number, done: Done<CursorPosition>): void;
  /** Reads the newest rows. */
  snapshot(view: RoomView, query: SnapshotQuery, done: Done<RoomSnapshot>): void;
  /** Reads events in order. */
  readEvents(view: RoomView, range: RangeQuery, done: Done<EventRange>): void;
  /** Reads a page of rows. [L10] */
  page(view: RoomView, query: HistoryQuery, done: Done<HistoryPage>): void;
  /**
   * Takes an op back unless it is in the log: `duplicate` with its place, or refused `cancelled`
   * for ever. In the same order as `append`. [O11]
   */
  fence(view: RoomView, op: FencedOp, done: Done<AppendOutcome>): void;
  /** Raises a read position. In the same order as `append`. [R1] */
  markRead(view: RoomView, position: NewReadPosition, done: Done<RaisedPosition>): void;
  /** What this person has read. */
  reading(view: RoomView, user: string, done: Done<Reading>): void;
  /** Everybody's read position; nothing in a room with more members than that. [R3] */
  receipts(
    view: RoomView,
    maxMembers: number,
    done: Done<readonly MemberReceipt[] | undefined>,
  ): void;
  /** Ids of the rooms this person has acted in, those with the newest messages first. */
  roomsOf(user: string, maxRooms: number, done: Done<readonly string[]>): void;
  /** One room as this person's list shows it. */
  listed(view: RoomView, user: string, done: Done<ListedRoom>): void;
  /** Reads one message; nothing when there is none. */
  message(view: RoomView, id: string, done: Done<MessageRow | undefined>): void;
  /** What a message said before its edits, oldest first. */
  versions(view: RoomView, id: string, done: Done<Versions["versions"]>): void;
  /** A page of a thread's replies; nothing when there is no such root. [L10] */
  thread(
    view: RoomView,
    root: string,
    query: HistoryQuery,
    done: Done<ThreadPage | undefined>,
  ): void;
  /** The pinned messages, newest first, at most `LIMITS.pageMaxMessages`. [L10] */
  pins(view: RoomView, done: Done<HistoryPage>): void;
  /**
   * Forgets events and refusals older than this, a thousand of each at most; true when nothing of
   * that age is left. [O4]
   */
  forget(before: number, done: Done<boolean>): void;
  /** Succeeds when storage can answer reads and its writer still works. */
  check(done: Done<undefined>): void;
  /** Commits what is waiting, then lets go of everything. */
  close(done: () => void): void;
}
