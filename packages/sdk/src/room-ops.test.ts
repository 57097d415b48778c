import { describe, expect, it } from "vitest";
import { sampleId, SampleLog, type SampleChange } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";
import type { TimelineMessage } from "./timeline/timeline-item.js";

const { ada, ben } = SampleLog;
const FIRST = sampleId(1);

/** A live room with one message of ours. */
function withMessage(): ScriptedChat {
  const scripted = new ScriptedChat();
  scripted.log.append({ by: ada, body: "first" });
  scripted.goLive();
  return scripted;
}

function messageOf({ room }: ScriptedChat, id = FIRST): TimelineMessage | undefined {
  const item = room.$timeline.get().find(({ key }) => key === id);
  return item?.kind === "message" ? item : undefined;
}

function nack({ socket }: ScriptedChat, id: string, code: "edit_window" | "target_gone"): void {
  socket.deliver({ t: "nack", room: "lobby", id, code });
}

function reconnect(scripted: ScriptedChat): void {
  scripted.socket.fail(1006);
  scripted.awaitAttempt();
  scripted.greet();
}

describe("changes", () => {
  it("[B2] [B3] an edit shows at once and never flickers on its way into the log", () => {
    const scripted = withMessage();
    const seen: (string | undefined)[] = [];
    scripted.room.$timeline.subscribe(() => seen.push(messageOf(scripted)?.body));
    const { id, $status } = scripted.room.edit(FIRST, "better");
    expect(messageOf(scripted)).toMatchObject({ body: "better", change: "pending" });
    const event = scripted.log.change({ k: "edit", target: FIRST, body: "better" }, { id });
    scripted.socket.deliver(scripted.log.ack(id));
    expect($status.get()).toMatchObject({ status: "acked", seq: 2 });
    expect(messageOf(scripted)).not.toHaveProperty("change");
    scripted.socket.deliver(event);
    expect(messageOf(scripted)).toMatchObject({ body: "better", editedAt: event.at });
    expect([...new Set(seen)]).toEqual(["first", "better"]);
  });

  it.each([
    ["edit", "better"],
    ["react", "👍"],
    ["unreact", "👍"],
    ["pin", undefined],
    ["unpin", undefined],
    ["delete", undefined],
  ] as const)("[O7] its own event settles %s, with or without an ack", (verb, argument) => {
    const scripted = withMessage();
    const { room, socket, log } = scripted;
    const operation = room[verb](FIRST, argument as never);
    const op = socket.framesOf("op").at(-1) as SampleChange & { id: string };
    socket.deliver(log.change(op, { id: op.id }));
    expect(operation.$status.get()).toMatchObject({ status: "acked", seq: 2 });
    expect(messageOf(scripted)).not.toHaveProperty("change");
    reconnect(scripted);
    expect(scripted.socket.framesOf("op")).toEqual([]);
  });

  it("[B2] a refused reaction leaves the timeline, with a reason for whoever waits", async () => {
    const scripted = withMessage();
    const { id, settled } = scripted.room.react(FIRST, "👍");
    expect(messageOf(scripted)?.reactions).toEqual([
      { emoji: "👍", count: 1, users: [ada.id], isOwn: true },
    ]);
    nack(scripted, id, "target_gone");
    await expect(settled).rejects.toMatchObject({ code: "target_gone" });
    expect(messageOf(scripted)).not.toHaveProperty("reactions");
    expect(() => scripted.room.retry(id)).toThrow(/unable to retry/);
  });

  it("[B2] the words of a refused edit are kept, to be tried again or put away", () => {
    const scripted = withMessage();
    const { id } = scripted.room.edit(FIRST, "better");
    nack(scripted, id, "edit_window");
    expect(messageOf(scripted)).toMatchObject({
      body: "first",
      failedEdit: { id, body: "better", error: { code: "edit_window" } },
    });
    const again = scripted.room.retry(id);
    expect(messageOf(scripted)).toMatchObject({ body: "better", change: "pending" });
    nack(scripted, again.id, "edit_window");
    expect(messageOf(scripted)?.failedEdit?.id).toBe(again.id);
    scripted.room.discard(again.id);
    expect(messageOf(scripted)).not.toHaveProperty("failedEdit");
  });

  it("[O6] a message that is on its way can be edited: both go out in their order", () => {
    const scripted = new ScriptedChat();
    const { id } = scripted.room.send("first");
    scripted.room.edit(id, "better");
    expect(messageOf(scripted, id)).toMatchObject({
      ...{ body: "better", change: "pending", delivery: { status: "pending" } },
    });
    scripted.room.open();
    scripted.greet();
    expect(scripted.socket.framesOf("op").map((op) => op.k)).toEqual(["msg", "edit"]);
  });

  it("[B2] a message that is sent again has the words its refused edit wanted", () => {
    const scripted = withMessage();
    const { id } = scripted.room.send("words");
    const edit = scripted.room.edit(id, "better words", { mentions: [ben.id] });
    nack(scripted, id, "target_gone");
    nack(scripted, edit.id, "target_gone");
    scripted.room.retry(id);
    expect(scripted.socket.opsOf("msg").at(-1)).toMatchObject({
      body: "better words",
      mentions: [ben.id],
    });
    expect(scripted.shown).toEqual(["first", "better words (pending)"]);
  });

  it("[L8] after a snapshot a change is sent again as it was, and goes when it is answered", () => {
    const scripted = withMessage();
    const { id } = scripted.room.react(FIRST, "👍");
    const [frame] = scripted.socket.framesOf("op");
    scripted.log.change({ k: "react", target: FIRST, emoji: "👍" }, { id });
    reconnect(scripted);
    scripted.reset();
    expect(messageOf(scripted)?.reactions).toMatchObject([{ emoji: "👍", count: 1 }]);
    expect(messageOf(scripted)?.change).toBe("pending");
    expect(scripted.socket.framesOf("op")).toEqual([frame]);
    scripted.socket.deliver(scripted.log.ack(id));
    expect(messageOf(scripted)).not.toHaveProperty("change");
    expect(messageOf(scripted)?.reactions).toMatchObject([{ emoji: "👍", count: 1 }]);
  });

  it("[L7] what was edited or reacted to during an interruption is shown as it is now", () => {
    const scripted = withMessage();
    scripted.socket.fail(1006);
    const missed = [
      scripted.log.change({ k: "edit", target: FIRST, body: "better" }),
      scripted.log.change({ k: "react", target: FIRST, emoji: "👍" }, { by: ben }),
    ];
    scripted.awaitAttempt();
    scripted.greet();
    const { log, ref } = scripted;
    scripted.socket.deliver(log.replay(ref, 1), ...missed, log.synced(ref));
    expect(messageOf(scripted)).toMatchObject({
      body: "better",
      reactions: [{ emoji: "👍", count: 1, isOwn: false }],
    });
  });
});

describe("reading messages", () => {
  const url = `https://chat.example/v1/rooms/lobby/messages/${sampleId(9)}`;

  it("[O1] takes a message of the timeline from there, and asks for any other", async () => {
    const scripted = withMessage();
    const { room, platform, log } = scripted;
    expect(await room.message(FIRST)).toEqual(log.rows(0, 1)[0]);
    const asked = room.message(sampleId(9));
    expect(platform.requests.last.request).toMatchObject({ url, token: "token-1" });
    const row = { ...log.rows(0, 1)[0], id: sampleId(9) };
    platform.requests.last.answer({ status: 200, body: row });
    expect(await asked).toEqual(row);
  });

  it("tells why there is none", async () => {
    const { room, platform, chat } = withMessage();
    await expect(room.message("nine")).rejects.toMatchObject({ code: "invalid" });
    const asked = room.message(sampleId(9));
    platform.requests.last.answer({ status: 404, body: { error: { code: "not_found" } } });
    await expect(asked).rejects.toMatchObject({ code: "not_found" });
    const broken = room.message(sampleId(9));
    platform.requests.last.answer({ status: 200, body: { id: 7 } });
    await expect(broken).rejects.toMatchObject({ code: "internal" });
    chat.close();
    await expect(room.message(FIRST)).rejects.toMatchObject({ code: "closed" });
  });

  it("[L10] gives the pinned messages as they are now", async () => {
    const { room, platform, log, socket } = withMessage();
    log.append();
    for (const target of [FIRST, sampleId(2)]) log.change({ k: "pin", target });
    socket.deliver(...log.events.slice(1));
    const pinned = room.loadPinned();
    const { request } = platform.requests.last;
    expect(request.url).toBe("https://chat.example/v1/rooms/lobby/pins");
    const page = { ...log.page(9), hasMore: false };
    socket.deliver(log.change({ k: "unpin", target: FIRST }));
    platform.requests.last.answer({ status: 200, body: page });
    expect((await pinned).map(({ id }) => id)).toEqual([sampleId(2)]);
  });
});
