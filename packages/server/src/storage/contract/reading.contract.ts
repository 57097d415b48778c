import type { MemberReceipt } from "@confab/sdk/protocol";
import { expect, it } from "vitest";
import type { ListedRoom, RaisedPosition, Reading } from "../storage.js";
import { StorageBench } from "../../testing/storage-bench.js";

/** Members, read positions, unread messages and room lists. */
export function describeReading(bench: () => StorageBench): void {
  const markRead = (user: string, seq: number) =>
    bench().ask<RaisedPosition>((done) => {
      bench().storage.markRead(bench().view, { user, seq, at: 1 }, done);
    });

  const reading = (user: string) =>
    bench().ask<Reading>((done) => {
      bench().storage.reading(bench().view, user, done);
    });

  const receipts = (maxMembers: number) =>
    bench().ask<readonly MemberReceipt[] | undefined>((done) => {
      bench().storage.receipts(bench().view, maxMembers, done);
    });

  const roomsOf = (user: string, maxRooms = 10) =>
    bench().ask<readonly string[]>((done) => {
      bench().storage.roomsOf(user, maxRooms, done);
    });

  const listed = (user: string) =>
    bench().ask<ListedRoom>((done) => {
      bench().storage.listed(bench().view, user, done);
    });

  it("[R1] a read position is raised and never lowered, and never passes the head", async () => {
    for (let said = 0; said < 3; said += 1) await bench().say();
    expect(await markRead("bob", 2)).toEqual({ seq: 2, count: 2, isRaised: true });
    expect(await markRead("bob", 1)).toEqual({ seq: 2, count: 2, isRaised: false });
    expect(await markRead("bob", 2)).toEqual({ seq: 2, count: 2, isRaised: false });
    expect(await markRead("bob", 99)).toEqual({ seq: 3, count: 3, isRaised: true });
    expect(await markRead("bob", 99)).toEqual({ seq: 3, count: 3, isRaised: false });
  });

  it("[R1] nothing read of an empty room makes no position and no member", async () => {
    const user = `reader-of-${bench().room.id}`;
    expect(await markRead(user, 7)).toEqual({ seq: 0, count: 0, isRaised: false });
    await bench().say();
    expect(await markRead(user, 0)).toEqual({ seq: 0, count: 0, isRaised: false });
    expect(await reading(user)).toEqual({ unread: 0, mentions: 0 });
    expect(await receipts(10)).not.toContainEqual(expect.objectContaining({ user }));
    expect(await roomsOf(user)).toEqual([]);
  });

  it("[R1] who says something has read up to there; who reacts has not", async () => {
    const id = await bench().say({ by: "ann" });
    await bench().change({ type: "react", target: id, emoji: "👍" }, "bob");
    expect(await reading("ann")).toMatchObject({ read: { seq: 1, count: 1 } });
    expect(await reading("bob")).toEqual({ unread: 0, mentions: 0 });
    await bench().say({ by: "bob", thread: id, isInRoom: false });
    expect(await reading("bob")).toMatchObject({ read: { seq: 3, count: 1 } });
  });

  it("[R2] unread is the messages shown in the room after the position", async () => {
    const root = await bench().say();
    await markRead("bob", 1);
    await bench().say();
    await bench().say({ thread: root, isInRoom: false });
    await bench().change({ type: "pin", target: root });
    expect(await reading("bob")).toMatchObject({ unread: 1 });
    expect(await markRead("bob", 3)).toMatchObject({ seq: 3, count: 2 });
    expect(await reading("bob")).toMatchObject({ unread: 0 });
    expect(await reading("nobody")).toEqual({ unread: 0, mentions: 0 });
  });

  it("[R2] counts the unread messages that mention somebody, deleted ones not", async () => {
    await bench().say();
    await markRead("bob", 1);
    const edit = { type: "edit", body: "x", mustBeBy: "ann", mustBeSince: 0 } as const;
    const ids = [
      await bench().say({ mentions: ["bob", "cat"] }),
      await bench().say({ mentions: ["bob"] }),
      await bench().say(),
    ];
    expect(await reading("bob")).toMatchObject({ mentions: 2 });
    await bench().change({ ...edit, target: ids[2] ?? "", mentions: ["bob"] });
    expect(await reading("bob")).toMatchObject({ mentions: 3 });
    await bench().change({ ...edit, target: ids[1] ?? "", mentions: [] });
    await bench().change({ type: "del", target: ids[0] ?? "" });
    expect(await reading("bob")).toMatchObject({ mentions: 1, unread: 3 });
    await markRead("bob", 99);
    expect(await reading("bob")).toMatchObject({ mentions: 0, unread: 0 });
  });

  it("[R3] tells everybody's position, and nobody's in a room with too many", async () => {
    const id = await bench().say({ by: "ann" });
    await markRead("bob", 1);
    await bench().change({ type: "react", target: id, emoji: "👍" }, "cat");
    const all = await receipts(3);
    expect([...(all ?? [])].sort((one, other) => one.user.localeCompare(other.user))).toEqual([
      { user: "ann", seq: 1, count: 1 },
      { user: "bob", seq: 1, count: 1 },
    ]);
    expect(await receipts(2)).toBeUndefined();
  });

  it("lists the rooms somebody has acted in, those with the newest messages first", async () => {
    const { storage, room } = bench();
    const user = `user-of-${room.id}`;
    const second = await new StorageBench(storage, `${room.id}-b`).open();
    const third = await new StorageBench(storage, `${room.id}-c`).open();
    await bench().say({ by: user, at: 1_000 });
    const id = await second.say({ by: "bob", at: 3_000 });
    await second.change({ type: "react", target: id, emoji: "👍" }, user, 3_000);
    await third.say({ by: "bob", at: 9_000 });
    expect(await roomsOf(user)).toEqual([second.room.id, room.id]);
    await bench().say({ at: 4_000 });
    await second.change({ type: "pin", target: id }, user, 5_000);
    expect(await roomsOf(user)).toEqual([room.id, second.room.id]);
    expect(await roomsOf(user, 1)).toEqual([room.id]);
  });

  it("[R2] shows a room as somebody's list has it", async () => {
    const { room } = bench();
    const empty = { room: room.id, room_info: room, head: 0, count: 0, readSeq: 0, readCount: 0 };
    expect(await listed("bob")).toEqual({ ...empty, mentions: 0 });
    await bench().say();
    await markRead("bob", 1);
    await bench().say({ mentions: ["bob"] });
    const id = await bench().say({ body: "🎉".repeat(300), at: 2_000 });
    await bench().say({ thread: id, isInRoom: false });
    const author = { name: "Ann", kind: "user" };
    const last = { id, seq: 3, by: "ann", at: 2_000, author, body: "🎉".repeat(200) };
    const shown = { ...empty, head: 4, count: 3, last };
    expect(await listed("bob")).toEqual({ ...shown, readSeq: 1, readCount: 1, mentions: 1 });
    expect(await listed("stranger")).toEqual({ ...shown, readCount: 3, mentions: 0 });
    await bench().change({ type: "del", target: id }, "ann", 4_000);
    expect(await listed("bob")).toMatchObject({ last: { id, body: "", deletedAt: 4_000 } });
  });
}
