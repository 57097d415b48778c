import { LIMITS, type MessageRow, type Versions } from "@confab/sdk/protocol";
import { expect, it } from "vitest";
import { testOpId } from "../../testing/op-ids.js";
import type { Change } from "../write.js";
import type { StorageBench } from "../../testing/storage-bench.js";

/** What events do to rows, on what conditions, and what they carry. */
export function describeChanges(bench: () => StorageBench): void {
  const edit = (target: string, body: string, mentions: readonly string[] = []) =>
    ({ type: "edit", target, body, mentions, mustBeBy: "ann", mustBeSince: 0 }) as const;

  const row = (id: string) =>
    bench().ask<MessageRow | undefined>((done) => {
      bench().storage.message(bench().view, id, done);
    });

  const versions = (id: string) =>
    bench().ask<Versions["versions"]>((done) => {
      bench().storage.versions(bench().view, id, done);
    });

  const refused = (code: string) => ({ type: "refused", code });

  describeMessages();
  describeEdits();
  describeDeletions();
  describeReactions();

  function describeMessages(): void {
    it("[O1] a message keeps what it was sent with, in its row and its event", async () => {
      const replyTo = await bench().say();
      const sent = { replyTo, thread: replyTo, mentions: ["bob"], format: "md" } as const;
      const id = await bench().say({ ...sent, isInRoom: true, meta: '{"a":[1]}' });
      const fields = { ...sent, inRoom: true, meta: { a: [1] }, body: "hello" };
      expect(await row(id)).toMatchObject(fields);
      expect((await bench().log())[1]?.payload).toEqual({
        ...fields,
        author: { name: "Ann", kind: "user" },
      });
    });

    it("[O5] a reply needs the message it answers, and a thread a root", async () => {
      const root = await bench().say();
      const reply = await bench().say({ thread: root, isInRoom: false });
      const send = (message: object) =>
        bench().append({
          id: testOpId(),
          by: "ann",
          at: 1,
          fingerprint: "f",
          change: {
            type: "msg",
            author: "{}",
            body: "x",
            format: "md",
            isInRoom: true,
            mentions: [],
            ...message,
          },
        });
      expect(await send({ replyTo: testOpId() })).toEqual(refused("target_gone"));
      expect(await send({ thread: testOpId() })).toEqual(refused("target_gone"));
      expect(await send({ thread: reply })).toMatchObject(refused("invalid"));
      await bench().change({ type: "del", target: root });
      expect(await send({ replyTo: root, thread: root })).toMatchObject({ type: "appended" });
    });

    it("[O5] what a condition has refused stays refused when the condition is met", async () => {
      const target = testOpId();
      const id = testOpId();
      const op = { id, by: "ann", at: 1, fingerprint: "f" };
      const pin = { ...op, change: { type: "pin", target } } as const;
      expect(await bench().append(pin)).toEqual(refused("target_gone"));
      await bench().say({ id: target });
      expect(await bench().append(pin)).toEqual(refused("target_gone"));
      expect(await row(target)).not.toHaveProperty("pinned");
    });

    it.each<Change["type"]>(["edit", "del", "react", "unreact", "pin", "unpin"])(
      "[O5] %s needs a message that is there",
      async (type) => {
        const attempt = (target: string) =>
          bench().change({ ...edit(target, "new"), type, emoji: "👍" } as Change);
        expect(await attempt(testOpId())).toEqual(refused("target_gone"));
        const id = await bench().say();
        expect(await attempt(id)).toMatchObject({ type: "appended", event: { kind: type } });
        if (type !== "del") await bench().change({ type: "del", target: id });
        const before = await row(id);
        expect(await attempt(id)).toEqual(refused("target_gone"));
        expect(await row(id)).toEqual(before);
      },
    );
  }

  function describeEdits(): void {
    it("[O10][L11] an edit replaces words and mentions, and keeps what was said", async () => {
      const id = await bench().say({ body: "one", at: 1_000, mentions: ["bob"] });
      await bench().change(edit(id, "two", ["cat"]), "ann", 2_000);
      await bench().change(edit(id, "three"), "ann", 3_000);
      expect(await row(id)).toMatchObject({ body: "three", editedAt: 3_000, rev: 3, seq: 1 });
      expect(await row(id)).not.toHaveProperty("mentions");
      expect(await versions(id)).toEqual([
        { at: 1_000, body: "one" },
        { at: 2_000, body: "two" },
      ]);
      expect((await bench().log()).slice(1)).toEqual([
        { seq: 2, kind: "edit", payload: { target: id, body: "two", mentions: ["cat"] } },
        { seq: 3, kind: "edit", payload: { target: id, body: "three" } },
      ]);
    });

    it("[O10] nobody edits another's message, nor one that is too old", async () => {
      const id = await bench().say({ by: "bob", at: 1_000 });
      expect(await bench().change(edit(id, "x"))).toEqual(refused("forbidden"));
      const own = { ...edit(id, "x"), mustBeBy: "bob" };
      const late = { ...own, mustBeSince: 1_001 };
      expect(await bench().change(late, "bob")).toEqual(refused("edit_window"));
      const inTime = { ...own, mustBeSince: 1_000 };
      expect(await bench().change(inTime, "bob")).toMatchObject({ type: "appended" });
    });
  }

  function describeDeletions(): void {
    it("[O10] a deleted message keeps its place, and its words are nowhere", async () => {
      const replyTo = await bench().say();
      const id = await bench().say({ body: "secret", mentions: ["bob"], meta: '{"s":1}', replyTo });
      await bench().change(edit(id, "still secret", ["bob"]));
      await bench().change({ type: "react", target: id, emoji: "👍" });
      await bench().change({ type: "pin", target: id });
      await bench().change({ type: "del", target: id, reason: "rude" }, "mod", 5_000);
      const { author } = (await row(replyTo)) ?? {};
      const place = { id, seq: 2, count: 2, by: "ann", at: 1_000, author, format: "text" };
      expect(await row(id)).toEqual({ ...place, replyTo, rev: 6, body: "", deletedAt: 5_000 });
      expect(await versions(id)).toEqual([]);
      const log = await bench().log();
      expect(log[1]?.payload).toEqual({
        author,
        body: "",
        format: "text",
        replyTo,
        redacted: true,
      });
      expect(log[2]?.payload).toEqual({ target: id, body: "", redacted: true });
      expect(log[5]).toEqual({ seq: 6, kind: "del", payload: { target: id, reason: "rude" } });
      expect(await bench().page()).toMatchObject({ messages: [{ count: 1 }, { count: 2 }] });
    });

    it("[O10] only who may delete any message deletes another's", async () => {
      const id = await bench().say({ by: "bob" });
      const del = { type: "del", target: id } as const;
      expect(await bench().change({ ...del, mustBeBy: "ann" })).toEqual(refused("forbidden"));
      expect(await bench().change(del)).toMatchObject({ type: "appended" });
    });

    it("[L11] a thread has one reply less when one is deleted", async () => {
      const root = await bench().say();
      const reply = await bench().say({ thread: root, isInRoom: false });
      await bench().change({ type: "del", target: reply });
      expect(await row(root)).toMatchObject({ rev: 3, replies: { count: 0, lastSeq: 2 } });
      expect((await bench().log())[2]?.payload).toEqual({ target: reply, thread: root });
    });
  }

  function describeReactions(): void {
    const react = (type: "react" | "unreact", target: string, emoji: string, by: string) =>
      bench().change({ type, target, emoji }, by);

    it("[O4] a reaction given again is there once, and yet an event", async () => {
      const id = await bench().say();
      await react("react", id, "👍", "bob");
      await react("react", id, "🎉", "bob");
      await react("react", id, "👍", "ann");
      await react("react", id, "👍", "ann");
      await react("unreact", id, "👍", "bob");
      expect(await row(id)).toMatchObject({
        rev: 6,
        reactions: [
          { emoji: "👍", count: 1, users: ["ann"] },
          { emoji: "🎉", count: 1, users: ["bob"] },
        ],
      });
      await react("unreact", id, "👍", "bob");
      await react("unreact", id, "👍", "ann");
      await react("unreact", id, "🎉", "bob");
      expect(await row(id)).not.toHaveProperty("reactions");
      const totals = (await bench().log()).slice(1).map(({ payload }) => payload["total"]);
      expect(totals).toEqual([1, 1, 2, 2, 1, 1, 0, 0]);
    });

    it("names the first people who reacted, in their order, and counts all", async () => {
      const id = await bench().say();
      const users = Array.from({ length: 22 }, (_, index) => `user-${String(99 - index)}`);
      for (const user of users) await react("react", id, "👍", user);
      const [reaction] = (await row(id))?.reactions ?? [];
      expect(reaction).toEqual({ emoji: "👍", count: 22, users: users.slice(0, 20) });
    });

    it("[L11] tells who moves up among the first when one of them takes it back", async () => {
      const id = await bench().say();
      const users = Array.from({ length: 23 }, (_, index) => `user-${String(99 - index)}`);
      for (const user of users) await react("react", id, "👍", user);
      const named = users.slice(0, 20);
      for (const user of [users[21], named[19], named[0], named[0], named[1]]) {
        await react("unreact", id, "👍", user ?? "");
      }
      const [reaction] = (await row(id))?.reactions ?? [];
      const users1 = [...named.slice(2, 19), users[20], users[22]];
      expect(reaction).toEqual({ emoji: "👍", count: 19, users: users1 });
      const told = (await bench().log()).slice(-5).map(({ payload }) => payload);
      const base = { target: id, emoji: "👍" };
      expect(told).toEqual([
        { ...base, total: 22 },
        { ...base, total: 21, next: users[20] },
        { ...base, total: 20, next: users[22] },
        { ...base, total: 20 },
        { ...base, total: 19 },
      ]);
    });

    it("[O5] a message has so many kinds of reactions and no more", async () => {
      const id = await bench().say();
      for (let kind = 0; kind < LIMITS.reactionsMaxKinds; kind += 1) {
        await react("react", id, `:${String(kind)}:`, "bob");
      }
      expect(await react("react", id, "👍", "ann")).toMatchObject(refused("too_large"));
      expect(await react("react", id, ":0:", "ann")).toMatchObject({ type: "appended" });
    });

    it("reads the reactions of a whole page", async () => {
      const ids = [await bench().say(), await bench().say(), await bench().say()];
      await react("react", ids[0] ?? "", "👍", "bob");
      await react("react", ids[2] ?? "", "🎉", "ann");
      const { messages } = await bench().page();
      expect(messages.map(({ reactions }) => reactions?.[0]?.emoji)).toEqual([
        "👍",
        undefined,
        "🎉",
      ]);
    });
  }
}
