import { describe, expect, it, vi } from "vitest";
import type { ChatEvents } from "./chat-events.js";
import { SampleLog } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";

const { ada } = SampleLog;

function messagesOf({ chat }: ScriptedChat): ChatEvents["message"][] {
  const heard: ChatEvents["message"][] = [];
  chat.on("message", (event) => heard.push(event));
  return heard;
}

describe("message", () => {
  it("tells what happens while the room is followed, but not what a snapshot holds", () => {
    const scripted = new ScriptedChat();
    const heard = messagesOf(scripted);
    scripted.log.appendMany(2);
    scripted.goLive();
    expect(heard).toEqual([]);
    scripted.socket.deliver(scripted.log.append({ body: "new" }), scripted.log.append({ by: ada }));
    expect(heard.map(({ room, message, ...rest }) => [room, message.seq, rest])).toEqual([
      ["lobby", 3, { isOwn: false, isMissed: false }],
      ["lobby", 4, { isOwn: true, isMissed: false }],
    ]);
    expect(heard[0]?.message).toMatchObject({ body: "new", rev: 3 });
  });

  it("[L7] tells each once, and says which of them were missed", () => {
    const scripted = new ScriptedChat();
    const heard = messagesOf(scripted);
    scripted.goLive();
    const first = scripted.log.append();
    scripted.socket.deliver(first, first);
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    const { ref, log } = scripted;
    scripted.socket.deliver(log.replay(ref, 1), log.append(), log.synced(ref), log.append());
    expect(heard.map(({ message, isMissed }) => [message.seq, isMissed])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
  });

  it("keeps silent about words that are gone", () => {
    const scripted = new ScriptedChat();
    const heard = messagesOf(scripted);
    scripted.goLive();
    const redacted = { redacted: true } as const;
    scripted.socket.deliver(Object.assign(scripted.log.append({ body: "" }), redacted));
    expect(heard).toEqual([]);
  });
});

describe("listeners", () => {
  it("[L8] a listener that throws disturbs neither the others nor the log", () => {
    const scripted = new ScriptedChat();
    scripted.chat.on("message", () => {
      throw new Error("of the application");
    });
    const heard = messagesOf(scripted);
    scripted.goLive();
    scripted.socket.deliver(scripted.log.append(), scripted.log.append());
    expect([heard.length, scripted.shown.length]).toEqual([2, 2]);
    expect(scripted.platform.reported).toHaveLength(2);
  });

  it("hears only what it listens to, as often as it was added, until it is taken away", () => {
    const scripted = new ScriptedChat();
    const listener = vi.fn();
    const other = vi.fn();
    const off = scripted.chat.on("message", listener);
    scripted.chat.on("message", listener);
    scripted.chat.on("discontinuity", other);
    scripted.goLive();
    scripted.socket.deliver(scripted.log.append());
    expect([listener.mock.calls.length, other.mock.calls.length]).toEqual([2, 0]);
    off();
    off();
    scripted.socket.deliver(scripted.log.append());
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it("one taken away by another in the same turn is not called any more", () => {
    const scripted = new ScriptedChat();
    const late = vi.fn();
    let off: () => void = () => undefined;
    scripted.chat.on("message", () => {
      off();
    });
    off = scripted.chat.on("message", late);
    scripted.goLive();
    scripted.socket.deliver(scripted.log.append());
    expect(late).not.toHaveBeenCalled();
  });

  it("hears nothing after the application closed the chat, not even what was due", () => {
    const scripted = new ScriptedChat();
    const late = vi.fn();
    scripted.chat.on("message", () => {
      scripted.chat.close();
    });
    const off = scripted.chat.on("message", late);
    scripted.goLive();
    scripted.socket.deliver(scripted.log.append());
    expect(late).not.toHaveBeenCalled();
    off();
  });
});
