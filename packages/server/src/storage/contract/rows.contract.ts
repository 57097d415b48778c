import type { HistoryPage, HistoryQuery, MessageRow, ThreadPage } from "@confab/sdk/protocol";
import { expect, it } from "vitest";
import { testOpId } from "../../testing/op-ids.js";
import type { RoomSnapshot } from "../storage.js";
import { BENCH_EPOCH, type StorageBench } from "../../testing/storage-bench.js";

/** Pages, snapshots, threads, pins and single rows. */
export function describeRows(bench: () => StorageBench): void {
  const seqs = (rows: readonly MessageRow[]) => rows.map(({ seq }) => seq);

  const say = async (count: number) => {
    for (let said = 0; said < count; said += 1) await bench().say();
  };

  const snapshot = (maxMessages: number, maxBytes = 1_000_000) =>
    bench().ask<RoomSnapshot>((done) => {
      bench().storage.snapshot(bench().view, { maxMessages, maxBytes }, done);
    });

  const thread = (root: string, query: Partial<HistoryQuery> = {}, view = bench().view) =>
    bench().ask<ThreadPage | undefined>((done) => {
      bench().storage.thread(view, root, { limit: 50, ...query }, done);
    });

  const message = (id: string, view = bench().view) =>
    bench().ask<MessageRow | undefined>((done) => {
      bench().storage.message(view, id, done);
    });

  const pins = () =>
    bench().ask<HistoryPage>((done) => {
      bench().storage.pins(bench().view, done);
    });

  it("[L10] pages rows before, after and around a seq, and tells of more", async () => {
    await say(10);
    const shape = async (query: object) => {
      const { messages, hasMore } = await bench().page(query);
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
    const id = await bench().say({ body: "héllo\n", by: "ann" });
    await bench().change({ type: "unpin", target: id });
    const read = await bench().page();
    expect(read).toEqual({
      epoch: BENCH_EPOCH,
      asOf: 2,
      hasMore: false,
      messages: [
        {
          id,
          seq: 1,
          rev: 2,
          count: 1,
          by: "ann",
          at: 1_000,
          author: { name: "Ann", kind: "user" },
          body: "héllo\n",
          format: "text",
        },
      ],
    });
  });

  it("takes a snapshot of the newest rows with the position they belong to", async () => {
    await say(5);
    const taken = await snapshot(2);
    expect(taken).toMatchObject({ epoch: BENCH_EPOCH, head: 5, count: 5, hasMore: true });
    expect(seqs(taken.messages)).toEqual([4, 5]);
    expect(seqs((await snapshot(5, 1)).messages)).toEqual([5]);
  });

  it("counts what hangs on a row as bytes of a snapshot", async () => {
    const ids = [await bench().say(), await bench().say(), await bench().say()];
    expect((await snapshot(3, 3_000)).messages).toHaveLength(3);
    const emoji = "x".repeat(60);
    for (let person = 0; person < 20; person += 1) {
      const by = `${"y".repeat(100)}-${String(person)}`;
      await bench().change({ type: "react", target: ids[1] ?? "", emoji }, by);
    }
    expect(await snapshot(3, 3_000)).toMatchObject({ hasMore: true, messages: [{ id: ids[2] }] });
  });

  it("[L2][L10] a reply that is only in its thread is in no page, snapshot or count", async () => {
    const root = await bench().say();
    const quiet = await bench().say({ thread: root, isInRoom: false });
    const shown = await bench().say({ thread: root, isInRoom: true });
    const page = await bench().page();
    expect(page.messages).toMatchObject([
      { id: root, rev: 3, count: 1, replies: { count: 2, lastSeq: 3 } },
      { id: shown, count: 2, thread: root, inRoom: true },
    ]);
    expect(await snapshot(10)).toMatchObject({ head: 3, count: 2, messages: page.messages });
    const replies = await thread(root);
    expect(replies).toMatchObject({ epoch: BENCH_EPOCH, asOf: 3, hasMore: false });
    expect(replies?.root).toEqual(page.messages[0]);
    expect(replies?.messages).toMatchObject([
      { id: quiet, count: 1, thread: root },
      { id: shown, inRoom: true },
    ]);
    expect(replies?.messages[0]).not.toHaveProperty("inRoom");
  });

  it("[L10] pages a thread as it pages a room", async () => {
    const root = await bench().say();
    for (let said = 0; said < 4; said += 1) await bench().say({ thread: root, isInRoom: false });
    const shape = async (query: object) => {
      const page = await thread(root, query);
      return [seqs(page?.messages ?? []), page?.hasMore];
    };
    expect(await shape({ limit: 2 })).toEqual([[4, 5], true]);
    expect(await shape({ before: 4 })).toEqual([[2, 3], false]);
    expect(await shape({ after: 2, limit: 2 })).toEqual([[3, 4], true]);
    expect(await shape({ around: 3, limit: 2 })).toEqual([[3, 4], true]);
  });

  it("there is no thread at a message that is none, or is a reply itself", async () => {
    const root = await bench().say();
    const reply = await bench().say({ thread: root, isInRoom: true });
    expect(await thread(testOpId())).toBeUndefined();
    expect(await thread(reply)).toBeUndefined();
    expect(await thread(root, {}, { ...bench().view, historyFrom: 2 })).toBeUndefined();
  });

  it("[O1] reads one message by room and id together", async () => {
    const id = await bench().say({ replyTo: await bench().say(), meta: '{"order":7}' });
    expect(await message(id)).toEqual((await bench().page()).messages[1]);
    expect(await message(id)).toMatchObject({ seq: 2, meta: { order: 7 } });
    expect(await message(testOpId())).toBeUndefined();
    expect(await message(id, { ...bench().view, room: { ...bench().room, id: "else" } })).toBe(
      undefined,
    );
    expect(await message(id, { ...bench().view, historyFrom: 3 })).toBeUndefined();
  });

  it("reads the pinned messages, newest first", async () => {
    const ids = [await bench().say(), await bench().say(), await bench().say()];
    const pin = (target = "") => bench().change({ type: "pin", target });
    await pin(ids[2]);
    await pin(ids[0]);
    expect(await pins()).toMatchObject({ epoch: BENCH_EPOCH, asOf: 5, hasMore: false });
    expect((await pins()).messages.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
    await bench().change({ type: "unpin", target: ids[2] ?? "" });
    expect((await pins()).messages.map(({ id }) => id)).toEqual([ids[0]]);
  });

  it("reads nothing before the first seq a view may see", async () => {
    await say(5);
    const view = { ...bench().view, historyFrom: 4 };
    expect(seqs((await bench().page({}, view)).messages)).toEqual([4, 5]);
    expect(seqs((await bench().page({ after: 0 }, view)).messages)).toEqual([4, 5]);
  });
}
