import { describe, expect, it } from "vitest";
import { sampleId, SampleLog } from "../testing/sample-log.js";
import { ScriptedChat } from "../testing/scripted-chat.js";
import type { Thread } from "../thread.js";

const ROOT = sampleId(1);
const { ada, ben } = SampleLog;

/** A live room whose first message has replies. */
function withReplies(count: number): { scripted: ScriptedChat; thread: Thread } {
  const scripted = new ScriptedChat();
  scripted.log.append({ by: ben, body: "root" });
  for (let reply = 1; reply <= count; reply += 1) {
    scripted.log.append({ thread: ROOT, body: `reply ${String(reply)}` });
  }
  scripted.goLive();
  return { scripted, thread: scripted.room.thread(ROOT) };
}

function opened(count: number) {
  const made = withReplies(count);
  made.thread.open();
  answer(made.scripted);
  return made;
}

/** A thread that is open while its message is on its way. */
function openedEarly() {
  const scripted = new ScriptedChat();
  scripted.goLive();
  const { id } = scripted.room.send("root");
  const thread = scripted.room.thread(id);
  thread.open();
  return { scripted, thread, id };
}

function answer({ platform, log }: ScriptedChat, before?: number): void {
  platform.requests.last.answer({ status: 200, body: log.threadPage(ROOT, before) });
}

function shown(thread: Thread): readonly string[] {
  return thread.$timeline.get().flatMap((item) => {
    if (item.kind === "day") return [];
    const { status } = item.delivery;
    return status === "sent" ? item.body : `${item.body} (${status})`;
  });
}

describe("opening a thread", () => {
  it("[L10] asks for its newest page, and the room shows none of it", () => {
    const { scripted, thread } = withReplies(2);
    expect(thread.$state.get().status).toBe("closed");
    thread.open();
    expect(thread.$state.get().status).toBe("loading");
    const { request } = scripted.platform.requests.last;
    expect(request.url).toBe(`https://chat.example/v1/rooms/lobby/threads/${ROOT}/messages`);
    answer(scripted);
    expect(shown(thread)).toEqual(["reply 1", "reply 2"]);
    expect(thread.$state.get()).toMatchObject({
      ...{ status: "live", hasOlder: false },
      root: { id: ROOT, body: "root", replies: { count: 2 } },
    });
    expect(scripted.shown).toEqual(["root"]);
  });

  it("follows its room, as long as somebody follows the thread", () => {
    const scripted = new ScriptedChat();
    scripted.log.append();
    const thread = scripted.room.thread(ROOT);
    thread.open();
    thread.open();
    scripted.greet();
    expect(scripted.platform.requests.requests).toHaveLength(0);
    scripted.reset();
    answer(scripted);
    expect(thread.$state.get().status).toBe("live");
    thread.close();
    scripted.platform.clock.advance(1_000);
    expect(scripted.room.$state.get().status).toBe("live");
    thread.close();
    thread.close();
    expect(thread.$state.get().status).toBe("closed");
    scripted.platform.clock.advance(1_000);
    expect(scripted.room.$state.get().status).toBe("closed");
  });

  it("asks again when its message, which was still on its way, is in the log", () => {
    const { scripted, thread, id } = openedEarly();
    scripted.platform.requests.last.answer({ status: 404 });
    expect(thread.$state.get().status).toBe("failed");
    scripted.socket.deliver(scripted.log.append({ id, by: ada, body: "root" }));
    scripted.platform.requests.last.answer({ status: 200, body: scripted.log.threadPage(id) });
    expect(thread.$state.get()).toMatchObject({ status: "live", root: { id } });
  });

  it("asks again when its message was in the log before the answer that it is not", () => {
    const { scripted, thread, id } = openedEarly();
    scripted.socket.deliver(scripted.log.append({ id, by: ada, body: "root" }));
    scripted.platform.requests.last.answer({ status: 404 });
    scripted.platform.requests.last.answer({ status: 200, body: scripted.log.threadPage(id) });
    expect(thread.$state.get()).toMatchObject({ status: "live", root: { id } });
  });

  it("asks again when a snapshot with its message was before the answer that it is not", () => {
    const { scripted, thread, id } = openedEarly();
    scripted.log.append({ id, by: ada, body: "root" });
    scripted.socket.deliver(scripted.log.reset(undefined));
    scripted.platform.requests.last.answer({ status: 404 });
    scripted.platform.requests.last.answer({ status: 200, body: scripted.log.threadPage(id) });
    expect(thread.$state.get()).toMatchObject({ status: "live", root: { id } });
  });

  it("is the same object for the same root, and none for what is no id", () => {
    const { scripted, thread } = withReplies(0);
    expect(scripted.room.thread(ROOT)).toBe(thread);
    const invalid = expect.objectContaining({ code: "invalid" }) as Error;
    expect(() => scripted.room.thread("root")).toThrow(invalid);
  });

  it("[L10] waits with a page until the room has come as far", () => {
    const { scripted, thread } = withReplies(1);
    const missed = scripted.log.append({ thread: ROOT, body: "reply 2" });
    thread.open();
    answer(scripted);
    expect(thread.$state.get().status).toBe("loading");
    scripted.socket.deliver(missed);
    expect(thread.$state.get().status).toBe("live");
    expect(shown(thread)).toEqual(["reply 1", "reply 2"]);
  });

  it("[L10] asks anew for a page that waited when the line ended: it may be of a lost past", () => {
    const { scripted, thread } = withReplies(1);
    thread.open();
    scripted.platform.requests.last.answer({
      status: 200,
      body: { ...scripted.log.threadPage(ROOT), asOf: 3 },
    });
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    scripted.socket.deliver(scripted.log.replay(scripted.ref, 2));
    scripted.socket.deliver(scripted.log.append({ thread: ROOT, body: "another past" }));
    scripted.socket.deliver(scripted.log.synced(scripted.ref));
    expect(thread.$state.get().status).toBe("loading");
    answer(scripted);
    expect(shown(thread)).toEqual(["reply 1", "another past"]);
  });

  it("says why it cannot be shown, and asks again when the room has caught up again", () => {
    const { scripted, thread } = withReplies(1);
    thread.open();
    scripted.platform.requests.last.answer({ status: 404 });
    expect(thread.$state.get()).toMatchObject({ status: "failed", error: { code: "not_found" } });
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    scripted.socket.deliver(
      scripted.log.replay(scripted.ref, 2),
      scripted.log.synced(scripted.ref),
    );
    expect(thread.$state.get().status).toBe("loading");
    answer(scripted);
    expect(thread.$state.get().status).toBe("live");
    expect(thread.$state.get()).not.toHaveProperty("error");
  });
});

describe("following a thread", () => {
  it("[L10] is kept by the events of the room", () => {
    const { scripted, thread } = opened(1);
    const { log, socket } = scripted;
    socket.deliver(log.append({ thread: ROOT, body: "reply 2" }), log.append({ body: "room" }));
    socket.deliver(log.change({ k: "edit", target: sampleId(2), body: "better" }));
    expect(shown(thread)).toEqual(["better", "reply 2"]);
    socket.deliver(log.change({ k: "del", target: sampleId(3) }));
    expect(shown(thread)).toEqual(["better", ""]);
    expect(thread.$state.get().root).toMatchObject({ replies: { count: 1, lastSeq: 3 } });
    expect(scripted.shown).toEqual(["root", "room"]);
  });

  it("[L11] an older page is brought up to date, and one that is newer is not spoiled", () => {
    const { scripted, thread } = withReplies(1);
    const { log, socket, platform } = scripted;
    thread.open();
    const stale = log.threadPage(ROOT);
    const events = [
      log.append({ thread: ROOT, body: "reply 2" }),
      log.change({ k: "edit", target: sampleId(2), body: "better" }),
    ];
    const fresh = log.threadPage(ROOT);
    socket.deliver(...events);
    platform.requests.last.answer({ status: 200, body: stale });
    expect(shown(thread)).toEqual(["better", "reply 2"]);

    const other = withReplies(1);
    other.thread.open();
    other.scripted.platform.requests.last.answer({ status: 200, body: fresh });
    other.scripted.socket.deliver(...events);
    expect(shown(other.thread)).toEqual(["better", "reply 2"]);
    expect(other.thread.$state.get().root).toMatchObject({ replies: { count: 2 } });
  });

  it("[L8] asks again when the room's window was replaced", () => {
    const { scripted, thread } = opened(1);
    const { log, socket, platform } = scripted;
    log.append({ thread: ROOT, body: "missed" });
    socket.deliver({ ...log.reset(undefined), why: "far" });
    expect(thread.$state.get().status).toBe("catching-up");
    expect(shown(thread)).toEqual(["reply 1"]);
    expect(platform.requests.requests).toHaveLength(2);
    answer(scripted);
    expect(shown(thread)).toEqual(["reply 1", "missed"]);
    expect(thread.$state.get().status).toBe("live");
  });

  it("[B3] shows our own reply and change until the page that holds them is there", () => {
    const { scripted, thread } = opened(1);
    const { log, socket } = scripted;
    const [reply] = thread.$timeline.get().filter((item) => item.kind === "message");
    const { id } = thread.send("ours");
    const change = scripted.room.react(reply?.id ?? "", "👍");
    log.append({ thread: ROOT, id, by: ada, body: "ours" });
    log.change({ k: "react", target: reply?.id ?? "", emoji: "👍" }, { id: change.id });
    const reset = { ...log.reset(undefined), why: "far" as const };
    socket.deliver(reset, log.ack(id), log.ack(change.id));
    expect(thread.$state.get().status).toBe("catching-up");
    const look = () =>
      thread.$timeline
        .get()
        .flatMap((item) => (item.kind === "message" ? [[item.body, item.reactions?.length]] : []));
    const due = [
      ["reply 1", 1],
      ["ours", undefined],
    ];
    expect(look()).toEqual(due);
    answer(scripted);
    expect(thread.$state.get().status).toBe("live");
    expect(look()).toEqual(due);
  });

  it("[B2] keeps our replies in send order when the log tells of the later one first", () => {
    const { scripted, thread } = opened(1);
    const { log, socket } = scripted;
    const first = thread.send("first");
    const second = thread.send("second", { inRoom: true });
    log.append({ thread: ROOT, id: first.id, by: ada, body: "first" });
    log.append({ thread: ROOT, inRoom: true, id: second.id, by: ada, body: "second" });
    socket.deliver({ ...log.reset(undefined), why: "far" as const });
    expect(shown(thread)).toEqual(["reply 1", "first (pending)", "second"]);
  });

  it("[L8] shows nothing any more when its root is in no log any more", () => {
    const { scripted, thread } = opened(1);
    scripted.socket.deliver({ ...scripted.log.reset(undefined), why: "ahead" });
    scripted.platform.requests.last.answer({ status: 404 });
    expect(shown(thread)).toEqual([]);
    expect(thread.$state.get()).toMatchObject({ status: "failed", error: { code: "not_found" } });
    expect(thread.$state.get()).not.toHaveProperty("root");
  });

  it("[L7] a replay after an interruption is enough, and nothing is asked for", () => {
    const { scripted, thread } = opened(1);
    scripted.socket.fail(1006);
    expect(thread.$state.get().status).toBe("catching-up");
    scripted.awaitAttempt();
    scripted.greet();
    const missed = scripted.log.append({ thread: ROOT, body: "missed" });
    const { log, ref } = scripted;
    scripted.socket.deliver(log.replay(ref, 2), missed, log.synced(ref));
    expect(shown(thread)).toEqual(["reply 1", "missed"]);
    expect(scripted.platform.requests.requests).toHaveLength(1);
  });
});

describe("older replies", () => {
  it("[L10] come in front, one page at a time", async () => {
    const { scripted, thread } = opened(70);
    expect(thread.$state.get()).toMatchObject({ hasOlder: true, older: "idle" });
    const loaded = thread.loadOlder();
    expect(thread.$state.get().older).toBe("loading");
    expect(scripted.platform.requests.last.request.url).toMatch(/before=22$/);
    answer(scripted, 22);
    await loaded;
    expect(shown(thread)).toHaveLength(70);
    expect(thread.$state.get()).toMatchObject({ hasOlder: false, older: "idle" });
    await thread.loadOlder();
    expect(scripted.platform.requests.requests).toHaveLength(2);
  });

  it("[L10] leave no hole when the window was replaced meanwhile", async () => {
    const { scripted, thread } = opened(70);
    const loaded = thread.loadOlder();
    const page = scripted.log.threadPage(ROOT, 22);
    const older = scripted.platform.requests.last;
    for (let reply = 0; reply < 60; reply += 1) scripted.log.append({ thread: ROOT });
    scripted.socket.deliver({ ...scripted.log.reset(undefined), why: "far" });
    answer(scripted);
    older.answer({ status: 200, body: page });
    expect(scripted.platform.requests.last.request.url).toMatch(/before=82$/);
    answer(scripted, 82);
    await loaded;
    expect(shown(thread)).toHaveLength(100);
  });
});

describe("replies of ours", () => {
  it("[B2] are shown in the thread at once, also without a line", () => {
    const scripted = new ScriptedChat();
    const thread = scripted.room.thread(ROOT);
    thread.open();
    thread.send("one");
    thread.send("both", { inRoom: true });
    expect(shown(thread)).toEqual(["one (pending)", "both (pending)"]);
    expect(scripted.shown).toEqual(["both (pending)"]);
    scripted.log.append({ by: ben, body: "root" });
    scripted.greet();
    const [one] = scripted.socket.opsOf("msg");
    expect(one).toMatchObject({ thread: ROOT, body: "one" });
    scripted.reset();
    answer(scripted);
    const event = scripted.log.append({ id: one?.id ?? "", by: ada, body: "one", thread: ROOT });
    scripted.socket.deliver(event);
    expect(shown(thread)).toEqual(["one", "both (pending)"]);
    expect(scripted.shown).toEqual(["root", "both (pending)"]);
  });

  it("keeps a draft of its own", () => {
    const { scripted, thread } = withReplies(0);
    thread.setDraft("half");
    expect(thread.$draft.get()).toBe("half");
    expect(scripted.room.$draft.get()).toBe("");
  });
});

it("[V4] an end of the chat is told to whoever waits", async () => {
  const { scripted, thread } = opened(70);
  const loaded = thread.loadOlder();
  scripted.chat.close();
  await expect(loaded).rejects.toMatchObject({ code: "closed" });
});
