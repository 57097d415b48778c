import type {
  Cursor,
  HistoryPage,
  HistoryQuery,
  MessageRow,
  ResetFrame,
  ResetReason,
  ThreadPage,
  Versions,
} from "@confab/sdk/protocol";
import type { RoomView } from "../auth/room-view.js";
import type { Done } from "../platform/result.js";
import type { RoomSnapshot, SnapshotQuery, Storage } from "../storage/storage.js";
import { encodeEvent, type EncodedEvent } from "./encode-event.js";
import { judgeCursor, type ReplayLimits } from "./judge-cursor.js";

/** How much a subscription is sent at once. */
export interface SyncLimits extends ReplayLimits {
  readonly snapshot: SnapshotQuery;
  readonly chunkMaxEvents: number;
  readonly chunkMaxBytes: number;
}

/**
 * How a subscription begins: at the cursor, or with a snapshot. Either way events after `(seq,
 * chain)` follow. `count` is the room's at the head that was read: right if no event follows. [L2]
 */
export type SyncStart = {
  readonly seq: number;
  readonly count: number;
  readonly chain: string;
} & (
  | { readonly type: "replay" }
  | {
      readonly type: "reset";
      /** Encodes the `reset` frame for the subscription with this number. */
      readonly frameFor: (ref: number) => string;
    }
);

/** The next events of a subscription, and the head when they were read. */
export interface SyncChunk {
  readonly events: readonly EncodedEvent[];
  readonly head: number;
}

/**
 * The newest snapshot of a room, encoded: a crowd that comes back after a restart asks for the same
 * one.
 */
interface EncodedSnapshot {
  readonly epoch: string;
  readonly head: number;
  readonly count: number;
  readonly chain: string;
  readonly historyFrom: number;
  /** The frame's fields after `ref` and `why`. */
  readonly fields: string;
}

/** Encoded snapshots kept in memory; the oldest is dropped first. */
const SNAPSHOTS_MAX_COUNT = 64;

/**
 * Brings subscriptions from their cursor to the head of a log. Reads only; it knows no sockets.
 * [L4]
 */
export class RoomSync {
  readonly #storage: Storage;
  readonly #limits: SyncLimits;
  readonly #snapshots = new Map<string, EncodedSnapshot>();

  constructor(storage: Storage, limits: SyncLimits) {
    this.#storage = storage;
    this.#limits = limits;
  }

  /** Decides between replay and reset. */
  start(view: RoomView, cursor: Cursor | undefined, done: Done<SyncStart>): void {
    this.#storage.position(view, cursor?.seq ?? 0, (found) => {
      if (!found.ok) return done(found);
      const verdict = judgeCursor(cursor, found.value, this.#limits);
      if (verdict === "replay" && cursor !== undefined) {
        const { seq, chain } = cursor;
        const { count } = found.value;
        return done({ ok: true, value: { type: "replay", seq, count, chain } });
      }
      const why = verdict === "replay" ? "new" : verdict;
      const { epoch, head } = found.value;
      const cached = this.#snapshots.get(view.room.id);
      const isFresh = cached?.head === head && cached.epoch === epoch;
      if (isFresh && cached.historyFrom === view.historyFrom) {
        return done({ ok: true, value: toReset(view, cached, why) });
      }
      this.#takeSnapshot(view, why, done);
    });
  }

  /** Reads the events that follow. */
  readAfter(view: RoomView, seq: number, done: Done<SyncChunk>): void {
    const { chunkMaxEvents, chunkMaxBytes } = this.#limits;
    const range = { after: seq, maxEvents: chunkMaxEvents, maxBytes: chunkMaxBytes };
    this.#storage.readEvents(view, range, (found) => {
      if (!found.ok) return done(found);
      const events = found.value.events.map(encodeEvent);
      done({ ok: true, value: { events, head: found.value.head } });
    });
  }

  /** Reads a page of history. [L10] */
  readPage(view: RoomView, query: HistoryQuery, done: Done<HistoryPage>): void {
    this.#storage.page(view, query, done);
  }

  /** Reads a page of a thread; nothing when there is no such root. [L10] */
  readThread(
    view: RoomView,
    root: string,
    query: HistoryQuery,
    done: Done<ThreadPage | undefined>,
  ): void {
    this.#storage.thread(view, root, query, done);
  }

  /** Reads the pinned messages, newest first. [L10] */
  readPins(view: RoomView, done: Done<HistoryPage>): void {
    this.#storage.pins(view, done);
  }

  /** Reads one message; nothing when there is none. [O1] */
  readMessage(view: RoomView, id: string, done: Done<MessageRow | undefined>): void {
    this.#storage.message(view, id, done);
  }

  /** Reads what a message said before its edits. Who may know that is the caller's to judge. */
  readVersions(view: RoomView, id: string, done: Done<Versions["versions"]>): void {
    this.#storage.versions(view, id, done);
  }

  #takeSnapshot(view: RoomView, why: ResetReason, done: Done<SyncStart>): void {
    this.#storage.snapshot(view, this.#limits.snapshot, (taken) => {
      if (!taken.ok) return done(taken);
      const encoded = encodeSnapshot(view, taken.value);
      this.#remember(view.room.id, encoded);
      done({ ok: true, value: toReset(view, encoded, why) });
    });
  }

  #remember(roomId: string, snapshot: EncodedSnapshot): void {
    this.#snapshots.delete(roomId);
    if (this.#snapshots.size >= SNAPSHOTS_MAX_COUNT) {
      const [oldest] = this.#snapshots.keys();
      if (oldest !== undefined) this.#snapshots.delete(oldest);
    }
    this.#snapshots.set(roomId, snapshot);
  }
}

type SharedFields = Omit<ResetFrame, "t" | "room" | "ref" | "why">;

function encodeSnapshot(view: RoomView, snapshot: RoomSnapshot): EncodedSnapshot {
  const { epoch, head, count, chain, messages, hasMore } = snapshot;
  const room_info = view.room;
  const shared: SharedFields = {
    epoch,
    head,
    count,
    chain,
    room_info,
    messages: [...messages],
    hasMore,
  };
  const { historyFrom } = view;
  return { epoch, head, count, chain, historyFrom, fields: JSON.stringify(shared).slice(1) };
}

function toReset(view: RoomView, snapshot: EncodedSnapshot, why: ResetReason): SyncStart {
  const { head, count, chain, fields } = snapshot;
  return {
    type: "reset",
    seq: head,
    count,
    chain,
    frameFor: (ref) =>
      `{"t":"reset","room":"${view.room.id}","ref":${String(ref)},"why":"${why}",${fields}`,
  };
}
