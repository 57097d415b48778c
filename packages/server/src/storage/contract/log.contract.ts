import { EMPTY_CHAIN, nextChain, type RoomInfo } from "@confab/sdk/protocol";
import { expect, it } from "vitest";
import { testOpId } from "../../testing/op-ids.js";
import type { AppendOutcome, CursorPosition, EventRange, FencedOp } from "../storage.js";
import type { Refusal } from "../write.js";
import {
  BENCH_EPOCH,
  messageEvent,
  viewOf,
  type StorageBench,
} from "../../testing/storage-bench.js";

/** Rooms, their logs, and the outcomes of ops. */
export function describeLog(bench: () => StorageBench): void {
  const otherRoom = (): RoomInfo => ({ ...bench().room, id: `${bench().room.id}-other` });

  const openRoom = (room: RoomInfo, epoch = BENCH_EPOCH) =>
    bench().ask((done) => bench().storage.openRoom({ room, epoch, at: 1 }, done));

  const position = (seq: number) =>
    bench().ask<CursorPosition>((done) => {
      bench().storage.position(bench().view, seq, done);
    });

  const read = (range: object, view = bench().view) =>
    bench().ask<EventRange>((done) => {
      const whole = { after: 0, maxEvents: 100, maxBytes: 1_000_000 };
      bench().storage.readEvents(view, { ...whole, ...range }, done);
    });

  const fence = (op: FencedOp) =>
    bench().ask<AppendOutcome>((done) => {
      bench().storage.fence(bench().view, op, done);
    });

  const say = async (count: number) => {
    for (let said = 0; said < count; said += 1) await bench().say();
  };

  describeRooms();
  describeOrder();
  describeOutcomes();

  function describeRooms(): void {
    it("finds a room that was opened, and nothing else", async () => {
      const find = (id: string) => bench().ask((done) => bench().storage.findRoom(id, done));
      expect(await find(bench().room.id)).toEqual(bench().room);
      expect(await find("nowhere")).toBeUndefined();
    });

    it("[L3] opening a room again changes neither its name nor its epoch", async () => {
      const renamed = { ...bench().room, name: "Renamed" };
      expect(await openRoom(renamed, "f".repeat(16))).toEqual(bench().room);
      expect(await position(0)).toMatchObject({ epoch: BENCH_EPOCH });
    });

    it("works, by its own word", async () => {
      expect(await bench().ask((done) => bench().storage.check(done))).toBeUndefined();
    });
  }

  function describeOrder(): void {
    it("[L1][L2] numbers events densely, counts messages, never turns time back", async () => {
      const op = messageEvent({ at: 500 });
      const first = await bench().append(op);
      const second = await bench().change({ type: "pin", target: op.id }, "ann", 400);
      const third = await bench().append(messageEvent({ at: 600 }));
      expect([first, second, third]).toMatchObject([
        { type: "appended", event: { seq: 1, at: 500, count: 1 } },
        { type: "appended", event: { seq: 2, at: 500, count: 1 } },
        { type: "appended", event: { seq: 3, at: 600, count: 2 } },
      ]);
    });

    it("[L3] keeps the chain of the log at every event", async () => {
      const ids = [testOpId(), testOpId()];
      for (const id of ids) await bench().say({ id });
      const first = nextChain(EMPTY_CHAIN, ids[0] ?? "");
      const second = nextChain(first, ids[1] ?? "");
      expect(await position(0)).toMatchObject({ chainAt: EMPTY_CHAIN, chain: second, head: 2 });
      expect(await position(1)).toMatchObject({ chainAt: first });
      expect(await position(2)).toMatchObject({ chainAt: second });
      expect(await position(3)).not.toHaveProperty("chainAt");
    });

    it("[L4] reads events after a seq, in order, up to either limit", async () => {
      const seqs = ({ events }: EventRange) => events.map(({ seq }) => seq);
      await say(6);
      const after = await read({ after: 2 });
      expect([seqs(after), after.head]).toEqual([[3, 4, 5, 6], 6]);
      expect(seqs(await read({ maxEvents: 2 }))).toEqual([1, 2]);
      expect(seqs(await read({ maxBytes: 1 }))).toEqual([1]);
      expect(seqs(await read({ after: 6 }))).toEqual([]);
      expect(seqs(await read({}, { ...bench().view, historyFrom: 4 }))).toEqual([4, 5, 6]);
    });

    it("[L4] measures what lies after a cursor", async () => {
      await say(3);
      const whole = await position(0);
      const rest = await position(2);
      expect(rest.bytesAfter).toBeGreaterThan(0);
      expect(whole.bytesAfter).toBe(3 * rest.bytesAfter);
      expect(await position(3)).toMatchObject({ bytesAfter: 0 });
    });

    it("decides calls in the order they were made", async () => {
      const seqs: number[] = [];
      const all = Array.from({ length: 50 }, () =>
        bench()
          .append(messageEvent())
          .then((outcome) => {
            if (outcome.type === "appended") seqs.push(outcome.event.seq);
          }),
      );
      await Promise.all(all);
      expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });
  }

  function describeOutcomes(): void {
    it("[O4] gives a repeated op its first place and stores nothing", async () => {
      const op = messageEvent({ at: 10 });
      await bench().append(op);
      await bench().say();
      const again = await bench().append({ ...op, at: 99 });
      expect(again).toEqual({ type: "duplicate", seq: 1, at: 10 });
      expect(await position(0)).toMatchObject({ head: 2 });
    });

    it("[O4] calls another author or another content with the same id a conflict", async () => {
      const op = messageEvent();
      await bench().append(op);
      const conflict = { type: "refused", code: "conflict" };
      expect(await bench().append({ ...op, by: "bob" })).toEqual(conflict);
      expect(await bench().append({ ...op, fingerprint: "other" })).toEqual(conflict);
      expect(await fence({ id: op.id, by: "bob", at: 1 })).toEqual(conflict);
    });

    it("[O1][O4] knows ops by room and id together", async () => {
      await openRoom(otherRoom());
      const op = messageEvent();
      await bench().append(op);
      expect(await bench().append(op, viewOf(otherRoom()))).toMatchObject({
        event: { room: otherRoom().id, seq: 1 },
      });
    });

    it("[O5] refuses a refused op for ever, to its author alone", async () => {
      const op = messageEvent();
      const refused = { type: "refused", code: "invalid", detail: "empty" };
      expect(await bench().refuse({ ...op, code: "invalid", detail: "empty" })).toEqual(refused);
      expect(await bench().append(op)).toEqual(refused);
      expect(await bench().refuse({ ...op, code: "forbidden" })).toEqual(refused);
      expect(await bench().append({ ...op, by: "bob" })).toMatchObject({ type: "appended" });
      expect(await bench().append(op)).toEqual(refused);
    });

    it("[O5] does not refuse what is already in the log", async () => {
      const op = messageEvent();
      await bench().append(op);
      const late = await bench().refuse({ ...op, code: "forbidden" });
      expect(late).toMatchObject({ type: "duplicate", seq: 1 });
    });

    it("[O5] an op in a room that is not there stays refused when the room appears", async () => {
      const op = messageEvent();
      const refuseUnseen = (refusal: Refusal) =>
        bench().ask<AppendOutcome>((done) => {
          bench().storage.refuseUnseen(otherRoom().id, refusal, done);
        });
      const refused = { type: "refused", code: "not_found" };
      expect(await refuseUnseen({ ...op, code: "not_found" })).toEqual(refused);
      const behind = messageEvent();
      expect(await bench().append(behind, viewOf(otherRoom()))).toEqual(refused);
      await openRoom(otherRoom());
      expect(await bench().append(op, viewOf(otherRoom()))).toEqual(refused);
      expect(await bench().append(behind, viewOf(otherRoom()))).toEqual(refused);
    });

    it("[O2][O5] has an outcome for an author however often they were refused", async () => {
      const by = `refused-in-${bench().room.id}`;
      const first = messageEvent({ by });
      const refuseNext = () => bench().refuse({ ...messageEvent({ by }), code: "forbidden" });
      await bench().refuse({ ...first, code: "forbidden" });
      await Promise.all(Array.from({ length: 1_000 }, refuseNext));
      const op = messageEvent({ by });
      expect(await fence(op)).toEqual({ type: "refused", code: "cancelled" });
      expect(await bench().append(op)).toEqual({ type: "refused", code: "cancelled" });
      expect(await bench().append(first)).toEqual({ type: "refused", code: "forbidden" });
      expect(await refuseNext()).toEqual({ type: "refused", code: "forbidden" });
    });

    it("[O11] a fence tells the place of an op that is stored, whatever it said", async () => {
      const op = messageEvent({ at: 10 });
      await bench().append(op);
      expect(await fence({ id: op.id, by: op.by, at: 99 })).toEqual({
        type: "duplicate",
        seq: 1,
        at: 10,
      });
    });

    it("[O11] a fence refuses an op for ever that is not stored, and repeats itself", async () => {
      const op = messageEvent();
      const cancelled = { type: "refused", code: "cancelled" };
      expect(await fence(op)).toEqual(cancelled);
      expect(await bench().append(op)).toEqual(cancelled);
      expect(await fence(op)).toEqual(cancelled);
      expect(await position(0)).toMatchObject({ head: 0 });
    });
  }
}
