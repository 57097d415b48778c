import { EMPTY_CHAIN, nextChain, type HistoryPage, type RoomInfo } from "@confab/sdk/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authorize } from "../auth/authorize.js";
import type { RoomView } from "../auth/room-view.js";
import type { Done } from "../platform/result.js";
import { testOpId } from "../testing/op-ids.js";
import type { AppendOutcome, Storage } from "./storage.js";
import type { NewEvent, Refusal } from "./write.js";

/** A storage under test, and how to let go of it. */
export interface StorageUnderTest {
  readonly storage: Storage;
  readonly close: () => Promise<void>;
}

const EPOCH = "00112233445566aa";

/** What every storage does, whatever it is made of. Every test has rooms of its own. */
export function describeStorage(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`${name} as a storage`, () => {
    let opened: StorageUnderTest;
    let storage: Storage;
    let room: RoomInfo;
    let otherRoom: RoomInfo;
    let testCount = 0;

    beforeAll(async () => {
      opened = await open();
      storage = opened.storage;
    });

    beforeEach(async () => {
      testCount += 1;
      room = { id: `room-${String(testCount)}`, kind: "public", name: "Room" };
      otherRoom = { ...room, id: `${room.id}-other` };
      await answer((done) => {
        storage.openRoom({ room, epoch: EPOCH, at: 1 }, done);
      });
    });

    afterAll(() => opened.close());

    const append = (event: NewEvent, view = viewOf(room)) =>
      answer<AppendOutcome>((done) => {
        storage.append(view, event, done);
      });

    const refuse = (refusal: Refusal, view = viewOf(room)) =>
      answer<AppendOutcome>((done) => {
        storage.refuse(view, refusal, done);
      });

    const say = async (count: number) => {
      for (let said = 0; said < count; said += 1) await append(event());
    };

    const page = (query: object, view = viewOf(room)) =>
      answer<HistoryPage>((done) => {
        storage.page(view, { limit: 50, ...query }, done);
      });

    const position = (seq: number) =>
      answer((done: Done<object>) => {
        storage.position(viewOf(room), seq, done);
      });

    describeRooms();
    describeLog();
    describeReading();

    function describeRooms(): void {
      it("finds a room that was opened, and nothing else", async () => {
        expect(await answer((done) => storage.findRoom(room.id, done))).toEqual(room);
        expect(await answer((done) => storage.findRoom("nowhere", done))).toBeUndefined();
      });

      it("[L3] opening a room again changes neither its name nor its epoch", async () => {
        const renamed = { ...room, name: "Renamed" };
        const again = { room: renamed, epoch: "f".repeat(16), at: 2 };
        expect(await answer((done) => storage.openRoom(again, done))).toEqual(room);
        expect(await position(0)).toMatchObject({ epoch: EPOCH });
      });

      it("works, by its own word", async () => {
        expect(await answer((done) => storage.check(done))).toBeUndefined();
      });
    }

    function describeLog(): void {
      it("[L1][L2] numbers events densely, counts messages, never turns time back", async () => {
        const first = await append(event({ at: 500 }));
        const second = await append(event({ at: 400, kind: "other" }));
        const third = await append(event({ at: 600 }));
        expect([first, second, third]).toMatchObject([
          { type: "appended", event: { seq: 1, at: 500, count: 1 } },
          { type: "appended", event: { seq: 2, at: 500, count: 1 } },
          { type: "appended", event: { seq: 3, at: 600, count: 2 } },
        ]);
      });

      it("[L3] keeps the chain of the log at every event", async () => {
        const ids = [testOpId(), testOpId()];
        for (const id of ids) await append(event({ id }));
        const first = nextChain(EMPTY_CHAIN, ids[0] ?? "");
        const second = nextChain(first, ids[1] ?? "");
        expect(await position(0)).toMatchObject({ chainAt: EMPTY_CHAIN, chain: second, head: 2 });
        expect(await position(1)).toMatchObject({ chainAt: first });
        expect(await position(2)).toMatchObject({ chainAt: second });
        expect(await position(3)).not.toHaveProperty("chainAt");
      });

      it("[O4] gives a repeated op its first place and stores nothing", async () => {
        const op = event({ at: 10 });
        await append(op);
        await append(event());
        expect(await append({ ...op, at: 99 })).toEqual({ type: "duplicate", seq: 1, at: 10 });
        expect(await position(0)).toMatchObject({ head: 2 });
      });

      it("[O4] calls another author or another content with the same id a conflict", async () => {
        const op = event();
        await append(op);
        const conflict = { type: "refused", code: "conflict" };
        expect(await append({ ...op, by: "bob" })).toEqual(conflict);
        expect(await append({ ...op, fingerprint: "other" })).toEqual(conflict);
      });

      it("[O4] knows ops by room and id together", async () => {
        await answer((done) => storage.openRoom({ room: otherRoom, epoch: EPOCH, at: 1 }, done));
        const op = event();
        await append(op);
        expect(await append(op, viewOf(otherRoom))).toMatchObject({
          event: { room: otherRoom.id, seq: 1 },
        });
      });

      it("[O5] refuses a refused op for ever, to its author alone", async () => {
        const op = event();
        const refusal = { ...op, code: "invalid", detail: "empty" } as const;
        const refused = { type: "refused", code: "invalid", detail: "empty" };
        expect(await refuse(refusal)).toEqual(refused);
        expect(await append(op)).toEqual(refused);
        expect(await refuse({ ...op, code: "forbidden" })).toEqual(refused);
        expect(await append({ ...op, by: "bob" })).toMatchObject({ type: "appended" });
        expect(await append(op)).toEqual(refused);
      });

      it("[O5] does not refuse what is already in the log", async () => {
        const op = event();
        await append(op);
        const late = await refuse({ ...op, code: "forbidden" });
        expect(late).toMatchObject({ type: "duplicate", seq: 1 });
      });

      it("decides calls in the order they were made", async () => {
        const seqs: number[] = [];
        const all = Array.from({ length: 50 }, () =>
          append(event()).then((outcome) => {
            if (outcome.type === "appended") seqs.push(outcome.event.seq);
          }),
        );
        await Promise.all(all);
        expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      });

      it("an op in a room that is not there is refused", async () => {
        const outcome = await append(event(), viewOf(otherRoom));
        expect(outcome).toEqual({ type: "refused", code: "not_found" });
      });
    }

    function describeReading(): void {
      const read = (range: object, view = viewOf(room)) =>
        answer<{ events: readonly { seq: number; payload: string }[]; head: number }>((done) => {
          storage.readEvents(
            view,
            { after: 0, maxEvents: 100, maxBytes: 1_000_000, ...range },
            done,
          );
        });
      const seqs = (rows: readonly { seq: number }[]) => rows.map(({ seq }) => seq);

      it("[L4] reads events after a seq, in order, up to either limit", async () => {
        await say(6);
        const after = await read({ after: 2 });
        expect([seqs(after.events), after.head]).toEqual([[3, 4, 5, 6], 6]);
        expect(seqs((await read({ maxEvents: 2 })).events)).toEqual([1, 2]);
        expect(seqs((await read({ maxBytes: 1 })).events)).toEqual([1]);
        expect(seqs((await read({ after: 6 })).events)).toEqual([]);
      });

      it("[L4] measures what lies after a cursor", async () => {
        await say(3);
        const whole = (await position(0)) as { bytesAfter: number };
        const rest = (await position(2)) as { bytesAfter: number };
        expect(rest.bytesAfter).toBeGreaterThan(0);
        expect(whole.bytesAfter).toBe(3 * rest.bytesAfter);
        expect(await position(3)).toMatchObject({ bytesAfter: 0 });
      });

      it("[L10] pages rows before, after and around a seq, and tells of more", async () => {
        await say(10);
        const shape = async (query: object) => {
          const { messages, hasMore } = await page(query);
          return [seqs(messages), hasMore];
        };
        expect(await shape({ limit: 3 })).toEqual([[8, 9, 10], true]);
        expect(await shape({ before: 4, limit: 2 })).toEqual([[2, 3], true]);
        expect(await shape({ before: 4, limit: 3 })).toEqual([[1, 2, 3], false]);
        expect(await shape({ after: 0, limit: 2 })).toEqual([[1, 2], true]);
        expect(await shape({ after: 8, limit: 2 })).toEqual([[9, 10], false]);
        expect(await shape({ around: 5, limit: 4 })).toEqual([[4, 5, 6, 7], true]);
        expect(await shape({ around: 10, limit: 4 })).toEqual([[7, 8, 9, 10], true]);
        expect(await shape({})).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], false]);
      });

      it("[L10] a page says at which head and in which epoch it was read", async () => {
        await append(event({ body: "héllo\n", by: "ann" }));
        await append(event({ kind: "other" }));
        const read = await page({});
        expect(read).toMatchObject({ epoch: EPOCH, asOf: 2, hasMore: false });
        expect(read.messages).toMatchObject([
          { seq: 1, rev: 1, count: 1, by: "ann", body: "héllo\n", author: { name: "Ann" } },
        ]);
      });

      it("takes a snapshot of the newest rows with the position they belong to", async () => {
        await say(5);
        const snapshot = await answer((done: Done<object>) => {
          storage.snapshot(viewOf(room), { maxMessages: 2, maxBytes: 1_000_000 }, done);
        });
        expect(snapshot).toMatchObject({ epoch: EPOCH, head: 5, count: 5, hasMore: true });
        expect(snapshot).toMatchObject({ messages: [{ seq: 4 }, { seq: 5 }] });
      });

      it("reads nothing before the first seq a view may see", async () => {
        await say(5);
        const view = { ...viewOf(room), historyFrom: 4 };
        expect(seqs((await page({}, view)).messages)).toEqual([4, 5]);
        expect(seqs((await page({ after: 0 }, view)).messages)).toEqual([4, 5]);
        expect(seqs((await read({}, view)).events)).toEqual([4, 5]);
      });
    }
  });
}

function event(change: Partial<NewEvent> & { readonly body?: string } = {}): NewEvent {
  const { body = "hello", ...fields } = change;
  const author = { name: "Ann", kind: "user" };
  const isMessage = (fields.kind ?? "msg") === "msg";
  const message = { author: JSON.stringify(author), body, format: "text" as const };
  return {
    id: testOpId(),
    by: "ann",
    at: 1_000,
    kind: "msg",
    fingerprint: "fingerprint",
    payload: JSON.stringify({ author, body, format: "text" }),
    ...(isMessage ? { message } : {}),
    ...fields,
  };
}

function viewOf(room: RoomInfo): RoomView {
  const view = authorize({ id: "ann", name: "Ann", kind: "user" }, room, { guests: "on" });
  if (view === undefined) throw new Error("a public room cannot be seen");
  return view;
}

function answer<Value>(ask: (done: Done<Value>) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    ask((result) => {
      if (result.ok) resolve(result.value);
      else reject(new Error("unavailable", { cause: result.cause }));
    });
  });
}
