import { describe, expect, it } from "vitest";
import { ChatError } from "./errors.js";
import { LIMITS } from "./protocol/limits.js";
import { sampleId, SampleLog } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";

const { ada } = SampleLog;

describe("following", () => {
  it("[L4] shows the snapshot, then what happens", () => {
    const scripted = new ScriptedChat();
    scripted.log.appendMany(2);
    expect(scripted.room.$state.get().status).toBe("closed");
    scripted.room.open();
    expect(scripted.room.$state.get().status).toBe("loading");
    scripted.greet();
    scripted.reset();
    expect(scripted.room.$state.get()).toMatchObject({
      status: "live",
      info: { name: "Lobby" },
      capabilities: ["msg.read", "msg.send"],
      hasOlder: false,
    });
    scripted.socket.deliver(scripted.log.append({ body: "third" }));
    expect(scripted.shown).toEqual(["message 1", "message 2", "third"]);
  });

  it("[L6] drops frames of a room between asking and the answer", () => {
    const scripted = new ScriptedChat();
    scripted.room.open();
    scripted.greet();
    scripted.socket.deliver(scripted.log.append(), scripted.log.reset(99));
    expect(scripted.shown).toEqual([]);
  });

  it("[L7] asks again once when an event is missing", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const [first, second, third] = scripted.log.appendMany(3);
    if (!first || !second || !third) throw new Error("no events");
    scripted.socket.deliver(second, third);
    expect(scripted.socket.framesOf("sub")).toHaveLength(1);
    expect(scripted.room.$state.get().status).toBe("catching-up");
    scripted.socket.deliver(scripted.log.replay(scripted.ref, 0), first, second, third);
    scripted.socket.deliver(scripted.log.synced(scripted.ref));
    expect(scripted.shown).toEqual(["message 1", "message 2", "message 3"]);
    expect(scripted.room.$state.get().status).toBe("live");
  });

  it("[L9] notices by a ping that something was lost", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.log.append();
    const heads = { lobby: [1, scripted.log.chain()] as [number, string] };
    scripted.socket.deliver({ t: "ping", heads });
    scripted.platform.clock.advance(4_000);
    expect(scripted.socket.framesOf("sub")).toEqual([]);
    scripted.platform.clock.advance(2_000);
    expect(scripted.socket.framesOf("sub")).toHaveLength(1);
  });

  it("[L9] bears heads that are not heads", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const heads = { lobby: "no", other: [1, "x"], third: [null] } as never;
    scripted.socket.deliver({ t: "ping", heads });
    expect(scripted.room.$state.get().status).toBe("live");
  });

  it("[L8] tells of a replaced window, after the stores show it", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const seen: unknown[] = [];
    scripted.chat.on("discontinuity", (event) => seen.push({ ...event, shown: scripted.shown }));
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    scripted.log.append({ body: "after" });
    scripted.socket.deliver({ ...scripted.log.reset(scripted.ref), why: "far" });
    expect(seen).toEqual([{ room: "lobby", why: "far", shown: ["after"] }]);
  });

  it("takes a refusal as the room's state, and asks again on the next line", () => {
    const scripted = new ScriptedChat();
    scripted.room.open();
    scripted.greet();
    scripted.socket.deliver({ t: "error", code: "not_found", ref: scripted.ref });
    const { status, error } = scripted.room.$state.get();
    expect([status, error?.code, error instanceof ChatError]).toEqual([
      "failed",
      "not_found",
      true,
    ]);
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    scripted.reset();
    expect(scripted.room.$state.get()).not.toHaveProperty("error");
  });

  it("counts opens, and a remount within the grace costs nothing", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.room.open();
    scripted.room.close();
    scripted.platform.clock.advance(1_000);
    scripted.room.close();
    scripted.room.close();
    scripted.platform.clock.advance(499);
    scripted.room.open();
    scripted.platform.clock.advance(1_000);
    expect(scripted.socket.framesOf("unsub")).toEqual([]);
    scripted.room.close();
    scripted.platform.clock.advance(500);
    expect(scripted.socket.framesOf("unsub")).toEqual([{ t: "unsub", room: "lobby" }]);
    expect(scripted.room.$state.get().status).toBe("closed");
  });

  it("follows again from memory", () => {
    const scripted = new ScriptedChat();
    scripted.log.append();
    scripted.goLive();
    scripted.room.close();
    scripted.platform.clock.advance(500);
    scripted.socket.deliver(scripted.log.append());
    expect(scripted.shown).toEqual(["message 1"]);
    scripted.room.open();
    expect(scripted.room.$state.get().status).toBe("catching-up");
    const sub = scripted.socket.framesOf("sub").at(-1);
    expect(sub).toMatchObject({ ref: 2, cur: { seq: 1 } });
  });
});

describe("sending", () => {
  it("[O7] shows a message at once, and settles it in place by ack or by its own event", () => {
    for (const way of ["ack", "event"]) {
      const scripted = new ScriptedChat();
      scripted.goLive();
      const { id, $status } = scripted.room.send("hello");
      expect(scripted.shown).toEqual(["hello (pending)"]);
      const event = scripted.log.append({ id, by: ada, body: "hello" });
      scripted.socket.deliver(way === "ack" ? scripted.log.ack(id) : event);
      expect(scripted.shown).toEqual(["hello"]);
      scripted.socket.deliver(way === "ack" ? event : scripted.log.ack(id));
      expect(scripted.shown).toEqual(["hello"]);
      expect($status.get()).toEqual({ status: "acked", seq: 1, at: event.at });
    }
  });

  it("[O7] recognises its own message in a snapshot when the ack was lost", async () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id, settled } = scripted.room.send("hello");
    scripted.log.append({ id, by: ada, body: "hello" });
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    scripted.reset();
    expect(scripted.shown).toEqual(["hello"]);
    await expect(settled).resolves.toMatchObject({ seq: 1 });
  });

  it("[O4] takes a message of somebody else under the same id for somebody else's", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id, $status } = scripted.room.send("mine");
    scripted.socket.deliver(scripted.log.append({ id, body: "theirs" }));
    expect($status.get().status).toBe("pending");
    scripted.socket.deliver({ t: "nack", room: "lobby", id, code: "conflict" });
    expect($status.get()).toMatchObject({ status: "failed", error: { code: "conflict" } });
  });

  it("[B3] nothing flickers between the ack and the event", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id } = scripted.room.send("mine");
    const before = scripted.log.append({ body: "before" });
    const mine = scripted.log.append({ id, by: ada, body: "mine" });
    scripted.socket.deliver(scripted.log.ack(id));
    expect(scripted.shown).toEqual(["mine"]);
    scripted.socket.deliver(before);
    expect(scripted.shown).toEqual(["before", "mine"]);
    scripted.socket.deliver(mine);
    expect(scripted.shown).toEqual(["before", "mine"]);
  });

  it("[O6] sends what was said offline in order, without waiting for the replay", () => {
    const scripted = new ScriptedChat();
    for (const text of ["one", "two", "three"]) scripted.room.send(text);
    expect(scripted.shown).toEqual(["one (pending)", "two (pending)", "three (pending)"]);
    scripted.greet();
    expect(scripted.socket.opsOf("msg").map((op) => op.body)).toEqual(["one", "two", "three"]);
    expect(scripted.socket.messages).toHaveLength(2);
  });

  it("sends to a room that nobody follows, and forgets the message when it is in the log", () => {
    const scripted = new ScriptedChat();
    const { id, $status } = scripted.room.send("by the way");
    scripted.greet();
    expect(scripted.socket.framesOf("op")).toHaveLength(1);
    scripted.socket.deliver(scripted.log.ack(id));
    expect([$status.get().status, scripted.shown]).toEqual(["acked", []]);
  });

  it("is by nobody until the server says who we are", () => {
    const scripted = new ScriptedChat();
    scripted.room.send("hello");
    const author = (): unknown => scripted.room.$timeline.get().at(-1);
    expect(author()).toMatchObject({ isOwn: true, author: { kind: "user" } });
    scripted.greet();
    expect(author()).toMatchObject({ by: ada.id, author: { name: "Ada" } });
  });

  it("[W6] normalises text and refuses what cannot be said", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.room.send("e\u0301te\u0301\r\nagain \n\n");
    expect(scripted.socket.opsOf("msg")[0]?.body).toBe("été\nagain");
    for (const text of ["", " \n", "\u0000", "a\ud800"]) {
      expect(() => scripted.room.send(text)).toThrow(expect.objectContaining({ code: "invalid" }));
    }
    const long = "x".repeat(LIMITS.bodyMaxCodePoints + 1);
    expect(() => scripted.room.send(long)).toThrow(expect.objectContaining({ code: "too_large" }));
    expect(() => scripted.room.send(42 as never)).toThrow(ChatError);
    expect(() => scripted.room.send("hi", { format: "html" as never })).toThrow(ChatError);
    expect(scripted.shown).toEqual(["été\nagain (pending)"]);
  });

  it("[B5] refuses to keep more than it can, and the caller keeps the text", () => {
    const scripted = new ScriptedChat();
    for (let count = 0; count < 500; count += 1) scripted.room.send("x");
    const full = expect.objectContaining({ code: "outbox_full" }) as Error;
    expect(() => scripted.room.send("y")).toThrow(full);
    expect(scripted.shown).toHaveLength(500);
  });

  it("[B2] keeps what was refused, with retry under a new id and discard", async () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const refused = scripted.room.send("hello");
    scripted.socket.deliver({ t: "nack", room: "lobby", id: refused.id, code: "slow_mode" });
    expect(scripted.shown).toEqual(["hello (failed)"]);
    await expect(refused.settled).rejects.toMatchObject({ code: "slow_mode", retry: "later" });
    const again = scripted.room.retry(refused.id);
    expect(again.id).not.toBe(refused.id);
    expect(scripted.shown).toEqual(["hello (pending)"]);
    expect(() => scripted.room.retry(refused.id)).toThrow(/unable to retry/);
    scripted.socket.deliver({ t: "nack", room: "lobby", id: again.id, code: "muted" });
    scripted.room.discard(again.id);
    scripted.room.discard(again.id);
    expect(scripted.shown).toEqual([]);
  });

  it("[O2] does not retry what may be in the log", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id } = scripted.room.send("hello");
    const conflict = expect.objectContaining({ code: "conflict" }) as Error;
    expect(() => scripted.room.retry(id)).toThrow(conflict);
    expect(scripted.shown).toEqual(["hello (pending)"]);
  });

  it.each([
    [{ t: "ack", seq: 5, at: 9 }, "acked"],
    [{ t: "nack", code: "cancelled" }, "failed"],
  ] as const)("[O11] tells after %o how the discarding of a sent op ended", (answer, expected) => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id } = scripted.room.send("a");
    const discarded = scripted.room.discard(id);
    expect(discarded?.$status.get()).toEqual({ status: "pending" });
    scripted.socket.deliver({ room: "lobby", id, ...answer });
    expect(discarded?.$status.get()).toMatchObject({ status: expected });
  });

  it("[O11] tells at once of the discarding of what was never sent, or had failed", () => {
    const scripted = new ScriptedChat();
    const { id } = scripted.room.send("a");
    expect(scripted.room.discard(id)?.$status.get()).toMatchObject({
      status: "failed",
      error: { code: "cancelled" },
    });
    scripted.goLive();
    const refused = scripted.room.send("b");
    scripted.socket.deliver({ t: "nack", room: "lobby", id: refused.id, code: "muted" });
    expect(scripted.room.discard(refused.id)?.$status.get()).toMatchObject({
      status: "failed",
      error: { code: "muted" },
    });
    expect(scripted.room.discard(refused.id)).toBeUndefined();
  });

  it("[O11] asks the server whether it is too late to discard what was sent", async () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id, settled } = scripted.room.send("hello");
    const failures: unknown[] = [];
    scripted.chat.on("op-failed", (event) => failures.push(event));
    scripted.room.discard(id);
    expect(scripted.socket.opsOf("fence")).toMatchObject([{ id }]);
    expect(scripted.room.$timeline.get().at(-1)).toMatchObject({
      delivery: { status: "pending", isCancelling: true },
    });
    scripted.socket.deliver({ t: "nack", room: "lobby", id, code: "cancelled" });
    await expect(settled).rejects.toMatchObject({ code: "cancelled" });
    expect(scripted.shown).toEqual([]);
    expect(failures).toEqual([]);
  });

  it("[B2] tells of everything that was refused", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const failures: unknown[] = [];
    scripted.chat.on("op-failed", (event) => failures.push(event));
    const { id } = scripted.room.react(sampleId(1), "👍");
    scripted.socket.deliver({ t: "nack", room: "lobby", id, code: "target_gone" });
    expect(failures).toMatchObject([
      { room: "lobby", id, op: { k: "react" }, error: { code: "target_gone" } },
    ]);
  });

  it("[O1] an answer that names another room answers nothing", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id, $status } = scripted.room.send("hello");
    scripted.socket.deliver({ t: "nack", room: "other", id, code: "muted" });
    expect($status.get().status).toBe("pending");
  });

  it("gives up a message the second time somebody on the way finds it too large", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { $status } = scripted.room.send("large");
    scripted.room.send("small");
    for (let round = 0; round < 2; round += 1) {
      scripted.socket.fail(1009);
      scripted.awaitAttempt();
      scripted.greet();
    }
    expect($status.get()).toMatchObject({ error: { code: "too_large" } });
    expect(scripted.socket.opsOf("msg").map((op) => op.body)).toEqual(["small"]);
  });

  it("[L8] a reset keeps what is on its way and what failed", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { id } = scripted.room.send("refused");
    scripted.socket.deliver({ t: "nack", room: "lobby", id, code: "muted" });
    scripted.room.send("waiting");
    scripted.socket.deliver({ ...scripted.log.reset(undefined), why: "epoch" });
    expect(scripted.shown).toEqual(["refused (failed)", "waiting (pending)"]);
  });
});
