import type { HistoryPage, HistoryQuery, RoomInfo } from "@confab/sdk/protocol";
import { authorize } from "../auth/authorize.js";
import type { RoomView } from "../auth/room-view.js";
import type { Done } from "../platform/result.js";
import { testOpId } from "./op-ids.js";
import type { AppendOutcome, Storage } from "../storage/storage.js";
import type { Change, NewEvent, NewMessage, Refusal } from "../storage/write.js";

/** Epoch of every room of a bench. */
export const BENCH_EPOCH = "00112233445566aa";

/** A storage with a room of its own for each test, asked by promises. */
export class StorageBench {
  readonly storage: Storage;
  readonly room: RoomInfo;
  readonly view: RoomView;

  constructor(storage: Storage, roomId: string) {
    this.storage = storage;
    this.room = { id: roomId, kind: "public", name: "Room" };
    this.view = viewOf(this.room);
  }

  async open(): Promise<this> {
    const { room } = this;
    await this.ask((done) => this.storage.openRoom({ room, epoch: BENCH_EPOCH, at: 1 }, done));
    return this;
  }

  /** The answer to a call that takes a callback; throws when storage fails. */
  ask<Value>(call: (done: Done<Value>) => void): Promise<Value> {
    return new Promise((resolve, reject) => {
      call((result) => {
        if (result.ok) resolve(result.value);
        else reject(new Error("unavailable", { cause: result.cause }));
      });
    });
  }

  append(event: NewEvent, view = this.view): Promise<AppendOutcome> {
    return this.ask((done) => {
      this.storage.append(view, event, done);
    });
  }

  refuse(refusal: Refusal): Promise<AppendOutcome> {
    return this.ask((done) => {
      this.storage.refuse(this.view, refusal, done);
    });
  }

  /** Stores a message and returns its id. */
  async say(change: Partial<NewEvent & NewMessage> = {}): Promise<string> {
    const event = messageEvent(change);
    const outcome = await this.append(event);
    if (outcome.type !== "appended") throw new Error(`the message was ${outcome.type}`);
    return event.id;
  }

  /** Stores, or does not store, a change by somebody. */
  change(change: Change, by = "ann", at = 2_000): Promise<AppendOutcome> {
    return this.append({ id: testOpId(), by, at, fingerprint: "fingerprint", change });
  }

  page(query: Partial<HistoryQuery> = {}, view = this.view): Promise<HistoryPage> {
    return this.ask((done) => {
      this.storage.page(view, { limit: 50, ...query }, done);
    });
  }

  /** The payloads in the log, from the first event that is kept. */
  async log(): Promise<{ seq: number; kind: string; payload: Record<string, unknown> }[]> {
    const range = { after: 0, maxEvents: 1_000, maxBytes: 10_000_000 };
    const read = await this.ask<{ events: readonly StoredEvent[] }>((done) => {
      this.storage.readEvents(this.view, range, done);
    });
    return read.events.map(({ seq, kind, payload }) => {
      return { seq, kind, payload: JSON.parse(payload) as Record<string, unknown> };
    });
  }
}

interface StoredEvent {
  readonly seq: number;
  readonly kind: string;
  readonly payload: string;
}

/** A message nobody has sent before. */
export function messageEvent(change: Partial<NewEvent & NewMessage> = {}): NewEvent {
  const { id = testOpId(), by = "ann", at = 1_000, fingerprint = "fingerprint", ...rest } = change;
  const author = JSON.stringify({ name: "Ann", kind: "user" });
  const message = { author, body: "hello", format: "text", isInRoom: true, mentions: [] } as const;
  return { id, by, at, fingerprint, change: { ...message, ...rest, type: "msg" } };
}

/** What a registered user sees of a room. */
export function viewOf(room: RoomInfo): RoomView {
  const view = authorize({ id: "ann", name: "Ann", kind: "user" }, room, { guests: "on" });
  if (view === undefined) throw new Error("a public room cannot be seen");
  return view;
}
