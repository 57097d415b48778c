import { describe, expect, it } from "vitest";
import type { ConnectionState } from "./connection/connection-state.js";
import type { AnyOp } from "./protocol/operations.js";
import { SampleLog, sampleWelcome } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";
import type { OpenRequest } from "./testing/scripted-http.js";

const { ada } = SampleLog;

/** A chat on a network that lets no socket through; its server answers when the test says so. */
class SocketlessChat extends ScriptedChat {
  /** Time passes, and every socket fails, until somebody asks by HTTP. */
  loseSockets(): void {
    for (let count = 0; count < 3; count += 1) {
      this.socket.fail(1006);
      if (count < 2) this.awaitAttempt();
    }
    for (let count = 0; count < 400 && this.platform.requests.requests.length === 0; count += 1) {
      this.platform.clock.advance(10);
    }
  }

  get state(): ConnectionState {
    return this.chat.$connection.get();
  }

  /** The question that is open now. */
  get question(): OpenRequest {
    return this.platform.requests.last;
  }

  /** What the question says of the room: it is answered as a server would. */
  answer(): void {
    const { searchParams } = new URL(this.question.request.url);
    const rooms = JSON.parse(searchParams.get("rooms") ?? "") as Record<
      string,
      { ref: number; cur?: { seq: number } }
    >;
    const { ref, cur } = rooms["lobby"] ?? { ref: 0 };
    const { log } = this;
    const frames = cur
      ? [log.replay(ref, cur.seq), ...log.events.slice(cur.seq), log.synced(ref)]
      : [log.reset(ref), log.synced(ref)];
    const now = sampleWelcome().now + this.platform.clock.monotonic();
    const welcome = sampleWelcome({ now });
    this.question.answer({ status: 200, body: [welcome, ...frames] });
  }

  goLiveByHttp(): void {
    this.room.open();
    this.loseSockets();
    this.answer();
    const { attemptCount } = this;
    for (let count = 0; count < 20 && this.attemptCount === attemptCount; count += 1) {
      this.platform.clock.advance(1_000);
    }
    this.socket.fail(1006);
    this.platform.clock.advance(0);
    this.answer();
  }
}

describe("a chat where sockets fail", () => {
  it("[L4] goes on by HTTP, and says so", () => {
    const scripted = new SocketlessChat();
    scripted.log.appendMany(2);
    scripted.goLiveByHttp();
    expect(scripted.state).toEqual({ status: "live", via: "http" });
    expect(scripted.question.request.url).toMatch(/^https:\/\/chat\.example\/v1\/sync\?/);
    expect(scripted.shown).toEqual(["message 1", "message 2"]);
    expect(scripted.room.$state.get().status).toBe("live");
  });

  it("[L7] hears each event once, in order, from one answer after another", () => {
    const scripted = new SocketlessChat();
    scripted.goLiveByHttp();
    const heard: number[] = [];
    scripted.chat.on("message", ({ message }) => heard.push(message.seq));
    for (let count = 0; count < 3; count += 1) {
      scripted.platform.clock.advance(250);
      scripted.log.appendMany(2);
      scripted.answer();
    }
    expect(heard).toEqual([1, 2, 3, 4, 5, 6]);
    expect(scripted.shown).toHaveLength(6);
  });

  it("[O7] sends by posting, and the message settles", async () => {
    const scripted = new SocketlessChat();
    scripted.goLiveByHttp();
    const operation = scripted.room.send("hello");
    const { request, answer } = scripted.question;
    expect([request.method, request.url]).toEqual(["POST", "https://chat.example/v1/ops"]);
    const [posted] = request.body as readonly AnyOp[];
    expect(posted).toMatchObject({ t: "op", k: "msg", id: operation.id, body: "hello" });
    scripted.log.append({ id: operation.id, by: ada, body: "hello" });
    answer({ status: 200, body: [scripted.log.ack(operation.id)] });
    await expect(operation.settled).resolves.toMatchObject({ seq: 1 });
    scripted.platform.clock.advance(250);
    scripted.answer();
    expect(scripted.shown).toEqual(["hello"]);
  });

  it("[O1] sends again what a broken request may have stored", () => {
    const scripted = new SocketlessChat();
    scripted.goLiveByHttp();
    const { id } = scripted.room.send("hello");
    scripted.question.answer({ status: 0 });
    expect(scripted.state.status).toBe("waiting");
    scripted.awaitAttempt();
    scripted.greet();
    expect(scripted.socket.opsOf("msg").map((op) => op.id)).toEqual([id]);
  });

  it("[V1] lives on answers, and is given up when none comes", () => {
    const scripted = new SocketlessChat();
    scripted.goLiveByHttp();
    for (let count = 0; count < 4; count += 1) {
      scripted.platform.clock.advance(25_250);
      scripted.answer();
    }
    expect(scripted.state).toEqual({ status: "live", via: "http" });
    scripted.platform.clock.advance(37_000);
    expect(scripted.state.status).not.toBe("live");
  });

  it("[V2] after a sign of sleep it asks at once, and lives on the answer", () => {
    const scripted = new SocketlessChat();
    scripted.goLiveByHttp();
    scripted.platform.clock.advance(5_000);
    const { question } = scripted;
    scripted.platform.network.wake();
    expect(question.isCancelled).toBe(true);
    scripted.answer();
    scripted.platform.clock.advance(4_500);
    expect(scripted.state).toEqual({ status: "live", via: "http" });
  });

  it("goes back to a socket as soon as one opens, from the same cursor", () => {
    const scripted = new SocketlessChat();
    scripted.log.appendMany(3);
    scripted.goLiveByHttp();
    const { attemptCount } = scripted;
    for (let count = 0; count < 400 && scripted.attemptCount === attemptCount; count += 1) {
      scripted.platform.clock.advance(1_000);
      if (scripted.attemptCount === attemptCount) scripted.answer();
    }
    scripted.greet();
    expect(scripted.state).toEqual({ status: "live", via: "socket" });
    expect(scripted.socket.framesOf("hello")[0]?.rooms["lobby"]?.cur?.seq).toBe(3);
    expect(scripted.question.isCancelled).toBe(true);
  });

  it("[V4] ends when an answer greets somebody else", () => {
    const scripted = new SocketlessChat();
    scripted.goLiveByHttp();
    scripted.platform.clock.advance(250);
    scripted.question.answer({ status: 200, body: [sampleWelcome({ me: SampleLog.ben })] });
    expect(scripted.state).toMatchObject({ status: "closed", error: { code: "forbidden" } });
  });
});
