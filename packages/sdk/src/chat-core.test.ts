import { describe, expect, it } from "vitest";
import { createChatWith } from "./create-chat-with.js";
import { ChatError } from "./errors.js";
import { LIMITS } from "./protocol/limits.js";
import { utf8Length } from "./protocol/text.js";
import { SampleLog, sampleWelcome } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";
import { ScriptedPlatform } from "./testing/scripted-platform.js";

function statusOf({ chat }: ScriptedChat): string {
  return chat.$connection.get().status;
}

describe("the limits of the server", () => {
  it("[H3] are the usual ones until a welcome states its own", () => {
    const scripted = new ScriptedChat();
    const { $limits } = scripted.chat;
    expect($limits.get()).toMatchObject({ bodyMaxCodePoints: 4_000, editWindowMs: 900_000 });
    const limits = { ...sampleWelcome().limits, bodyMaxCodePoints: 5, editWindowMs: 60_000 };
    scripted.room.open();
    scripted.socket.open();
    scripted.greet({ limits });
    expect($limits.get()).toEqual(limits);
    scripted.socket.fail(1006);
    expect($limits.get()).toEqual(limits);
  });
});

describe("handshake", () => {
  it("does nothing until somebody wants a line", () => {
    const scripted = new ScriptedChat();
    scripted.platform.clock.advance(60_000);
    expect([scripted.attemptCount, statusOf(scripted)]).toEqual([0, "idle"]);
    expect(scripted.platform.network.listenerCount).toBe(0);
  });

  it("[H1] opens one socket and says hello first, with token and rooms", () => {
    const scripted = new ScriptedChat();
    scripted.room.open();
    expect(scripted.socket.url).toBe("wss://chat.example/v1/ws");
    scripted.socket.open();
    expect(scripted.socket.frames).toEqual([
      {
        t: "hello",
        v: 1,
        token: "token-1",
        client: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        sdk: "confab-js",
        caps: [],
        rooms: { lobby: { ref: 1 } },
      },
    ]);
  });

  it("[H1] keeps hello within what a server reads before it knows somebody", () => {
    const token = "t".repeat(4_096);
    const platform = new ScriptedPlatform();
    const chat = createChatWith({ url: "http://chat.example", token: () => token }, platform);
    const ids = Array.from({ length: 40 }, (_, index) => String(index).padEnd(64, "x"));
    for (const id of ids) chat.room(id).open();
    const logs = ids.map((id) => new SampleLog(id));
    for (const attempt of [0, 1]) {
      const { socket } = platform.line;
      socket.open();
      const hello = socket.messages[0] ?? "";
      expect(utf8Length(hello)).toBeLessThanOrEqual(LIMITS.greetingMaxBytes);
      socket.deliver(sampleWelcome());
      const asked = Object.entries(socket.framesOf("hello")[0]?.rooms ?? {});
      const later = socket.framesOf("sub");
      expect(asked.length + later.length).toBe(40);
      const refs = [...asked.map(([id, { ref }]) => [id, ref] as const)].concat(
        later.map(({ room, ref }) => [room, ref] as const),
      );
      for (const [id, ref] of refs) {
        const log = logs[ids.indexOf(id)];
        if (log && attempt === 0) socket.deliver(log.reset(ref), log.synced(ref));
      }
      socket.fail(1006);
      platform.clock.advance(1_000);
    }
  });

  it("[H3] takes its limits from welcome", () => {
    const scripted = new ScriptedChat();
    scripted.room.open();
    const limits = { ...sampleWelcome().limits, bodyMaxCodePoints: 5, windowMaxOps: 1 };
    scripted.greet({ limits });
    expect(() => scripted.room.send("123456")).toThrow(ChatError);
    scripted.room.send("12345");
    scripted.room.send("next");
    expect(scripted.socket.framesOf("op")).toHaveLength(1);
  });

  it("[H4] gives up an attempt that nobody greets", () => {
    const scripted = new ScriptedChat();
    scripted.room.open();
    scripted.socket.open();
    scripted.platform.clock.advance(10_000);
    expect([scripted.socket.isOver, statusOf(scripted)]).toEqual([true, "waiting"]);
  });

  it("replaces a server that does not speak the protocol", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.socket.deliverText("<html>");
    expect([scripted.socket.isOver, statusOf(scripted)]).toEqual([true, "waiting"]);
  });

  it("ends when the token names another user, since the outbox is not theirs", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.room.send("said by Ada");
    scripted.socket.fail(1006);
    scripted.platform.clock.advance(1_000);
    scripted.greet({ me: SampleLog.ben });
    expect(scripted.socket.framesOf("op")).toEqual([]);
    expect(scripted.chat.$connection.get()).toMatchObject({ error: { code: "forbidden" } });
  });
});

describe("reconnecting", () => {
  it("[H4] tells when the next attempt comes, and makes it", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.platform.clock.advance(10_000);
    scripted.socket.fail(1006);
    const waiting = scripted.chat.$connection.get();
    if (waiting.status !== "waiting") throw new Error("it does not wait");
    const delay = waiting.retryAt - scripted.platform.clock.now();
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(1_000);
    scripted.platform.clock.advance(delay + 1);
    expect([scripted.attemptCount, statusOf(scripted)]).toEqual([2, "connecting"]);
  });

  it("[L4] follows its rooms from their cursors", () => {
    const scripted = new ScriptedChat();
    scripted.log.appendMany(3);
    scripted.goLive();
    scripted.socket.fail(1006);
    scripted.platform.clock.advance(1_000);
    scripted.socket.open();
    const { epoch } = scripted.log;
    expect(scripted.socket.framesOf("hello")[0]?.rooms).toEqual({
      lobby: { ref: 2, cur: { epoch, seq: 3, chain: scripted.log.chain() } },
    });
  });

  it("[V4] reuses a token until it was refused, then asks for another, once at once", () => {
    const reasons: string[] = [];
    const scripted = new ScriptedChat({
      token: (reason) => {
        reasons.push(reason);
        return `token-${String(reasons.length)}`;
      },
    });
    scripted.goLive();
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.socket.open();
    scripted.socket.fail(4201);
    expect(scripted.attemptCount).toBe(3);
    scripted.socket.open();
    scripted.socket.fail(4200);
    expect([scripted.attemptCount, statusOf(scripted)]).toEqual([3, "waiting"]);
    scripted.awaitAttempt();
    scripted.socket.open();
    const tokens = scripted.platform.line.sockets.map((it) => it.framesOf("hello")[0]?.token);
    expect(tokens).toEqual(["token-1", "token-1", "token-2", "token-3"]);
    expect(reasons).toEqual(["initial", "refused", "expiring"]);
  });

  it("[V4] asks for another token when less than 30 s are left, by the server's clock", () => {
    const reasons: string[] = [];
    const scripted = new ScriptedChat({ token: (reason) => `${reasons.push(reason)}` });
    scripted.room.open();
    const { now } = sampleWelcome();
    scripted.greet({ now, tokenExp: now + 60_000 });
    scripted.platform.clock.jumpWallClock(86_400_000);
    scripted.platform.clock.advance(28_000);
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    expect(reasons).toEqual(["initial"]);
    scripted.platform.clock.advance(2_000);
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    expect(reasons).toEqual(["initial", "expiring"]);
  });

  it("[V6] comes back when bye said", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.socket.deliver({ t: "bye", code: 4300, after: [4_000, 5_000] });
    scripted.socket.fail(1006);
    scripted.platform.clock.advance(3_999);
    scripted.platform.network.wake();
    expect(scripted.attemptCount).toBe(1);
    scripted.platform.clock.advance(1_001);
    expect(scripted.attemptCount).toBe(2);
  });

  it("a code that means stop ends everything", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.socket.fail(4500);
    scripted.platform.clock.advance(600_000);
    scripted.chat.connect();
    scripted.room.open();
    expect(scripted.attemptCount).toBe(1);
    expect(scripted.chat.$connection.get()).toMatchObject({
      status: "closed",
      error: { code: "unauthenticated", retry: "refresh-token" },
    });
  });

  it("connects now when asked to", () => {
    const scripted = new ScriptedChat();
    scripted.chat.connect();
    expect(scripted.attemptCount).toBe(1);
    scripted.socket.fail(1006);
    scripted.chat.connect();
    expect(scripted.attemptCount).toBe(2);
  });
});

describe("liveness", () => {
  it("[V1] answers pings, and lives on them", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    for (let count = 1; count <= 4; count += 1) {
      scripted.platform.clock.advance(25_000);
      scripted.socket.deliver({ t: "ping", heads: {} });
      expect(scripted.socket.framesOf("pong")).toHaveLength(count);
    }
    expect([scripted.attemptCount, statusOf(scripted)]).toEqual([1, "live"]);
  });

  it("[V1] replaces a line that is silent for the heartbeat and 10 s", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.platform.clock.advance(35_000);
    expect(statusOf(scripted)).toBe("live");
    scripted.platform.clock.advance(1_001);
    expect([scripted.socket.isOver, statusOf(scripted)]).toEqual([true, "waiting"]);
  });

  it("[V2] replaces a line at once after sleep, and reads nothing more from it", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { socket } = scripted;
    const [event] = scripted.log.appendMany(1);
    scripted.platform.clock.sleep(60_000);
    expect([scripted.attemptCount, statusOf(scripted)]).toEqual([2, "connecting"]);
    if (event) socket.deliver(event);
    expect(scripted.shown).toEqual([]);
  });

  it("[V2] asks a fresh line after a hint, and replaces it when no answer comes in 4 s", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { socket, platform } = scripted;
    platform.network.wake();
    expect(socket.framesOf("ping")).toHaveLength(1);
    socket.deliver({ t: "pong" });
    platform.clock.advance(9_000);
    expect(socket.isOver).toBe(false);
    platform.network.wake();
    platform.clock.advance(5_000);
    expect(socket.isOver).toBe(true);
  });

  it("[V1] whatever runs compares the deadline: a message is not handed to a dead line", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const { socket, platform } = scripted;
    const { clock } = platform;
    const hold = clock.after.bind(clock);
    clock.after = () => () => undefined;
    clock.advance(60_000);
    clock.after = hold;
    scripted.room.send("hello?");
    expect(socket.framesOf("op")).toEqual([]);
    scripted.greet();
    expect(scripted.socket.framesOf("op")).toHaveLength(1);
  });

  it("[V2] makes no attempt without a network, and one when it is back", () => {
    const scripted = new ScriptedChat();
    scripted.platform.network.goOffline();
    scripted.room.open();
    scripted.platform.clock.advance(120_000);
    expect(scripted.attemptCount).toBe(0);
    expect(scripted.chat.$connection.get()).toMatchObject({ reason: "offline" });
    scripted.platform.network.goOnline();
    expect(scripted.attemptCount).toBe(1);
  });
});

describe("the end", () => {
  it("closes the socket, stops every timer and listens to nothing", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    scripted.chat.close();
    expect([scripted.socket.isOver, statusOf(scripted)]).toEqual([true, "closed"]);
    expect(scripted.platform.network.listenerCount).toBe(0);
    expect(scripted.platform.clock.runUntilIdle(60_000)).toBe(true);
  });

  it("leaves a late answer to a question for a token unheard", async () => {
    let answer: (token: string) => void = () => undefined;
    const token = (): Promise<string> => new Promise((resolve) => (answer = resolve));
    const scripted = new ScriptedChat({ token });
    scripted.room.open();
    scripted.chat.close();
    answer("late");
    await Promise.resolve();
    expect(scripted.attemptCount).toBe(0);
    expect(scripted.platform.clock.runUntilIdle(60_000)).toBe(true);
  });

  it("refuses every further use", async () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const operation = scripted.room.send("on its way");
    scripted.chat.close();
    await expect(operation.settled).rejects.toMatchObject({ code: "closed" });
    expect(operation.$status.get().status).toBe("pending");
    expect(() => scripted.room.send("too late")).toThrow(/closed/);
    await expect(scripted.room.loadOlder()).rejects.toMatchObject({ code: "closed" });
    expect(() => {
      scripted.chat.close();
    }).not.toThrow();
  });
});

describe("arguments", () => {
  it("[W5] refuses impossible room ids and gives one object per id", () => {
    const { chat } = new ScriptedChat();
    for (const id of ["", "Lobby", ".dot", "a".repeat(65), "a/b"]) {
      expect(() => chat.room(id), id).toThrow(ChatError);
    }
    expect(chat.room("a.b_c-1")).toBe(chat.room("a.b_c-1"));
  });

  it("refuses impossible addresses and time zones", () => {
    for (const url of ["", "chat.example", "ftp://chat.example", "https://", "javascript:1"]) {
      expect(() => new ScriptedChat({ url }), url).toThrow(ChatError);
    }
    expect(() => new ScriptedChat({ timeZone: "Mars/Olympus" })).toThrow(ChatError);
  });

  it("takes the path a server is mounted at", () => {
    const scripted = new ScriptedChat({ url: "http://chat.example:8787/talk/" });
    scripted.chat.connect();
    expect(scripted.socket.url).toBe("ws://chat.example:8787/talk/v1/ws");
  });
});
