import { expect, it } from "vitest";
import { testOpId } from "../../testing/op-ids.js";
import { messageEvent, type StorageBench } from "../../testing/storage-bench.js";
import type { CursorPosition } from "../storage.js";

/** How old events and refusals leave, and what stays. Its storage has nothing else in it. */
export function describeForgetting(bench: () => StorageBench): void {
  const forget = (before: number) =>
    bench().ask<boolean>((done) => {
      bench().storage.forget(before, done);
    });

  const position = (seq: number) =>
    bench().ask<CursorPosition>((done) => {
      bench().storage.position(bench().view, seq, done);
    });

  it("[L4] the log begins later, and a cursor just before its beginning still fits", async () => {
    for (let said = 0; said < 4; said += 1) await bench().say({ at: 10_000 + said });
    const before = await Promise.all([1, 2, 3].map(position));
    expect(await forget(10_002)).toBe(true);
    expect((await bench().log()).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(await position(1)).not.toHaveProperty("chainAt");
    expect(await position(2)).toMatchObject({ minSeq: 3, chainAt: before[1]?.chainAt });
    expect(await position(3)).toMatchObject({ minSeq: 3, chainAt: before[2]?.chainAt });
    expect(await position(0)).not.toHaveProperty("chainAt");
    expect((await bench().page()).messages).toHaveLength(4);
  });

  it("[L3][L4] a log of which nothing is left goes on where it was", async () => {
    await bench().say({ at: 10_000 });
    const { chain } = await position(1);
    await forget(20_000);
    expect(await position(1)).toMatchObject({ minSeq: 2, head: 1, chainAt: chain, bytesAfter: 0 });
    await bench().say({ at: 20_000 });
    expect((await bench().log()).map(({ seq }) => seq)).toEqual([2]);
    await forget(20_001);
    expect(await position(1)).toMatchObject({ minSeq: 3 });
    expect(await position(1)).not.toHaveProperty("chainAt");
  });

  it("[O4] a message knows its op when the event is forgotten", async () => {
    const op = messageEvent({ at: 10_000 });
    await bench().append(op);
    await forget(20_000);
    expect(await bench().append(op)).toEqual({ type: "duplicate", seq: 1, at: 10_000 });
    const conflict = { type: "refused", code: "conflict" };
    expect(await bench().append({ ...op, fingerprint: "other" })).toEqual(conflict);
    expect(await bench().append({ ...op, by: "bob" })).toEqual(conflict);
    const pin = { ...op, change: { type: "pin", target: op.id }, fingerprint: "p" } as const;
    expect(await bench().append(pin)).toEqual(conflict);
  });

  it("[R1][R2] read positions and unread messages need no events", async () => {
    for (let said = 0; said < 3; said += 1) await bench().say({ at: 10_000 });
    await forget(20_000);
    const marked = await bench().ask((done) => {
      bench().storage.markRead(bench().view, { user: "bob", seq: 2, at: 1 }, done);
    });
    expect(marked).toEqual({ seq: 2, count: 2, isRaised: true });
    const reading = await bench().ask((done) => {
      bench().storage.reading(bench().view, "bob", done);
    });
    expect(reading).toMatchObject({ unread: 1 });
  });

  it("[O10] what was said in forgotten events is erased where it still is", async () => {
    const id = await bench().say({ at: 10_000 });
    await forget(20_000);
    const del = await bench().change({ type: "del", target: id }, "ann", 20_000);
    expect(del).toMatchObject({ type: "appended", event: { seq: 2 } });
    expect((await bench().page()).messages).toMatchObject([{ id, body: "", deletedAt: 20_000 }]);
  });

  it("[O5] refusals are forgotten with the events of their time", async () => {
    const [old, late] = [messageEvent({ at: 10_000 }), messageEvent({ at: 20_000 })];
    for (const op of [old, late]) await bench().refuse({ ...op, code: "forbidden" });
    await forget(20_000);
    expect(await bench().append(late)).toEqual({ type: "refused", code: "forbidden" });
    expect(await bench().append(old)).toMatchObject({ type: "appended" });
  });

  it("goes on from where it was, a thousand at a time", async () => {
    await forget(20_000);
    const target = await bench().say({ at: 10_000 });
    const pins = Array.from({ length: 1_500 }, () =>
      bench().append({
        id: testOpId(),
        by: "ann",
        at: 10_000,
        fingerprint: "f",
        change: { type: "pin", target },
      }),
    );
    await Promise.all(pins);
    expect(await forget(20_000)).toBe(false);
    expect(await position(0)).toMatchObject({ minSeq: 1_001, head: 1_501 });
    expect(await forget(20_000)).toBe(true);
    expect(await position(0)).toMatchObject({ minSeq: 1_502 });
  });
}
