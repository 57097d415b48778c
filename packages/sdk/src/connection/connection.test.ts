import { describe, expect, it } from "vitest";
import type { Chat } from "../chat.js";
import { createChatWith } from "../create-chat-with.js";
import type { DownFrame } from "../protocol/frames.js";
import { SampleLog, sampleWelcome } from "../testing/sample-log.js";
import { ScriptedChat } from "../testing/scripted-chat.js";
import { ScriptedPlatform } from "../testing/scripted-platform.js";
import type { Transport, TransportHandlers } from "./transport.js";

/** A socket as some platforms have it: closing it has no effect, and it says what it likes. */
class StubbornSocket implements Transport {
  readonly handlers: TransportHandlers;
  readonly messages: string[] = [];

  constructor(handlers: TransportHandlers) {
    this.handlers = handlers;
  }

  send(message: string): void {
    this.messages.push(message);
  }

  close(): void {
    // Nothing happens, as in a home-screen application after sleep.
  }

  say(...frames: readonly DownFrame[]): void {
    this.handlers.onMessage(JSON.stringify(frames));
  }

  greet(): void {
    this.handlers.onOpen();
    this.say(sampleWelcome());
  }
}

function stubbornChat() {
  const sockets: StubbornSocket[] = [];
  const scripted = new ScriptedPlatform();
  const { clock, random, network, http, openHttpTransport, report } = scripted;
  const openTransport: ScriptedPlatform["openTransport"] = (_url, handlers) => {
    const socket = new StubbornSocket(handlers);
    sockets.push(socket);
    return socket;
  };
  const platform = { clock, random, network, http, openHttpTransport, report, openTransport };
  const chat = createChatWith({ url: "https://chat.example", token: () => "t" }, platform);
  return { chat, clock, sockets, reported: scripted.reported };
}

function statusOf(chat: Chat): string {
  return chat.$connection.get().status;
}

describe("a socket that was replaced", () => {
  it("[V2] is not waited for: another is opened at once, whatever close() does", () => {
    const { chat, clock, sockets } = stubbornChat();
    chat.connect();
    sockets[0]?.greet();
    clock.sleep(60_000);
    expect(sockets).toHaveLength(2);
    sockets[1]?.greet();
    expect(statusOf(chat)).toBe("live");
  });

  it("[V2] is not heard: neither its close nor its messages reach the line that took over", () => {
    const { chat, clock, sockets } = stubbornChat();
    const log = new SampleLog();
    const room = chat.room(log.room);
    room.open();
    const [first] = sockets;
    first?.greet();
    clock.sleep(60_000);
    const second = sockets[1];
    second?.greet();
    second?.say(log.reset(2), log.synced(2));
    const sent = second?.messages.length;
    first?.say({ t: "ping", heads: {} }, log.append(), { t: "bye", code: 4300, after: [1, 2] });
    first?.handlers.onOpen();
    for (const code of [1000, 4200, 4500]) first?.handlers.onClose(code);
    expect([statusOf(chat), second?.messages.length]).toEqual(["live", sent]);
    expect(room.$timeline.get()).toEqual([]);
    clock.advance(5_000);
    expect([statusOf(chat), sockets.length]).toEqual(["live", 2]);
  });

  it("[V2] cannot end a chat that is waiting for its next attempt", () => {
    const { chat, sockets } = stubbornChat();
    chat.connect();
    sockets[0]?.handlers.onClose(1006);
    sockets[0]?.handlers.onClose(4500);
    expect(statusOf(chat)).toBe("waiting");
  });
});

describe("sleep", () => {
  it("[L4] whatever was said during it is there after it, once and in order", () => {
    const scripted = new ScriptedChat();
    scripted.log.appendMany(2);
    scripted.goLive();
    scripted.platform.clock.sleep(8 * 3_600_000);
    const missed = scripted.log.appendMany(3);
    scripted.greet();
    const { ref, log, socket } = scripted;
    expect(socket.framesOf("hello")[0]?.rooms["lobby"]?.cur?.seq).toBe(2);
    socket.deliver(log.replay(ref, 2), ...missed, log.synced(ref));
    expect(scripted.shown).toEqual([1, 2, 3, 4, 5].map((seq) => `message ${String(seq)}`));
  });

  it("[V1] nothing that waits when the machine falls asleep is stuck when it wakes", () => {
    for (const steps of [0, 1]) {
      const scripted = new ScriptedChat();
      scripted.room.open();
      if (steps === 1) scripted.socket.open();
      scripted.platform.clock.sleep(3_600_000);
      scripted.awaitAttempt();
      scripted.greet();
      expect(statusOf(scripted.chat)).toBe("live");
    }
  });
});

describe("close codes of the network", () => {
  it.each([1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015])(
    "[H4] %i is no wish to stop: only our own close() is",
    (code) => {
      const scripted = new ScriptedChat();
      scripted.goLive();
      scripted.socket.fail(code);
      expect(statusOf(scripted.chat)).toBe("waiting");
      scripted.awaitAttempt();
      scripted.chat.close();
      scripted.platform.clock.advance(600_000);
      expect([statusOf(scripted.chat), scripted.attemptCount]).toEqual(["closed", 2]);
    },
  );
});
