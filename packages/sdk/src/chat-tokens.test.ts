import { describe, expect, it, vi } from "vitest";
import type { ChatEvents } from "./chat-events.js";
import type { TokenProvider } from "./connection/token-source.js";
import { errorFromCode } from "./errors.js";
import { SampleLog, sampleWelcome } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";

/** A chat whose application answers when the test says so. */
class AskedChat extends ScriptedChat {
  readonly questions: { resolve: (token: string) => void; reject: (cause: unknown) => void }[];
  readonly reasons: string[];
  readonly errors: ChatEvents["auth-error"][] = [];

  constructor() {
    const questions: AskedChat["questions"] = [];
    const reasons: string[] = [];
    const token: TokenProvider = (reason) => {
      reasons.push(reason);
      if (reasons.length === 1) return "token-1";
      return new Promise((resolve, reject) => questions.push({ resolve, reject }));
    };
    super({ token });
    this.questions = questions;
    this.reasons = reasons;
    this.chat.on("auth-error", (event) => this.errors.push(event));
  }

  /** The server says that the token is over in a minute. */
  warn(): void {
    const exp = sampleWelcome().now + this.platform.clock.monotonic() + 60_000;
    this.socket.deliver({ t: "authreq", exp });
  }

  get status(): string {
    return this.chat.$connection.get().status;
  }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a token that is about to expire", () => {
  it("[V4] is replaced on the same line, after one question", async () => {
    const scripted = new AskedChat();
    scripted.goLive();
    scripted.warn();
    scripted.warn();
    expect(scripted.reasons).toEqual(["initial", "expiring"]);
    scripted.questions[0]?.resolve("token-2");
    await settle();
    const [auth] = scripted.socket.framesOf("auth");
    expect(auth).toEqual({ t: "auth", token: "token-2" });
    expect([scripted.attemptCount, scripted.status, scripted.errors]).toEqual([1, "live", []]);
  });

  it("[V4] without a new one the line lives until the server ends it", async () => {
    const scripted = new AskedChat();
    scripted.goLive();
    scripted.warn();
    scripted.questions[0]?.reject(new Error("no"));
    await settle();
    expect(scripted.errors).toMatchObject([{ error: { code: "token_provider" }, isFinal: false }]);
    for (let count = 0; count < 12; count += 1) {
      scripted.platform.clock.advance(5_000);
      scripted.socket.deliver({ t: "ping", heads: {} });
    }
    expect([scripted.status, scripted.reasons.length]).toEqual(["live", 2]);
    scripted.socket.fail(4200);
    expect(scripted.reasons).toEqual(["initial", "expiring", "expiring"]);
  });

  it("[V4] an answer that comes when the line is another serves its hello alone", async () => {
    const scripted = new AskedChat();
    scripted.goLive();
    scripted.warn();
    scripted.socket.fail(1006);
    scripted.platform.clock.advance(1_000);
    expect([scripted.reasons.length, scripted.attemptCount]).toEqual([2, 1]);
    scripted.questions[0]?.resolve("token-2");
    await settle();
    scripted.greet();
    expect(scripted.socket.framesOf("hello")[0]?.token).toBe("token-2");
    expect(scripted.socket.framesOf("auth")).toEqual([]);
  });

  it("[V4] drops an answer to a question that was given up", async () => {
    const scripted = new AskedChat();
    scripted.goLive();
    scripted.warn();
    scripted.platform.clock.advance(10_000);
    expect(scripted.errors).toHaveLength(1);
    scripted.questions[0]?.resolve("late");
    await settle();
    expect(scripted.socket.framesOf("auth")).toEqual([]);
    scripted.socket.fail(1006);
    scripted.platform.clock.advance(1_000);
    expect([scripted.reasons.length, scripted.attemptCount]).toEqual([3, 1]);
  });

  it("[V4] a new one that the server refuses is told, and not used again", async () => {
    const scripted = new AskedChat();
    scripted.goLive();
    scripted.warn();
    scripted.questions[0]?.resolve("bad");
    await settle();
    scripted.socket.deliver({ t: "error", code: "unauthenticated" });
    expect(scripted.errors).toMatchObject([{ error: { code: "unauthenticated" }, isFinal: false }]);
    expect(scripted.status).toBe("live");
    scripted.socket.fail(1006);
    scripted.platform.clock.advance(1_000);
    expect(scripted.reasons.at(-1)).toBe("refused");
  });

  it("[V4] after sleep, a token that ran out meanwhile is not tried: another is asked for", () => {
    const scripted = new AskedChat();
    scripted.goLive();
    scripted.platform.clock.sleep(2 * 3_600_000);
    expect(scripted.reasons).toEqual(["initial", "expiring"]);
    expect([scripted.attemptCount, scripted.status]).toEqual([1, "connecting"]);
  });

  it("[V4] what authreq says of the old token counts as well", () => {
    const scripted = new AskedChat();
    scripted.goLive();
    scripted.socket.deliver({ t: "authreq", exp: sampleWelcome().now + 20_000 });
    scripted.questions.splice(0);
    scripted.platform.clock.advance(10_000);
    scripted.socket.fail(1006);
    scripted.platform.clock.advance(1_000);
    expect(scripted.reasons).toEqual(["initial", "expiring", "expiring"]);
  });
});

describe("a refused subscription", () => {
  it("[W4] is told by its room or number: an error about nothing closes no room", () => {
    const scripted = new ScriptedChat();
    scripted.room.open();
    scripted.greet();
    scripted.socket.deliver({ t: "error", code: "bad_frame" });
    expect(scripted.room.$state.get().status).toBe("loading");
    scripted.socket.deliver({ t: "error", code: "bad_frame", ref: 1 });
    expect(scripted.room.$state.get().status).toBe("failed");
  });
});

describe("auth-error", () => {
  function errorsOf({ chat }: ScriptedChat): ChatEvents["auth-error"][] {
    const errors: ChatEvents["auth-error"][] = [];
    chat.on("auth-error", (event) => errors.push(event));
    return errors;
  }

  it("[V4] tells that no token could be had, each time", () => {
    const token = vi.fn(() => "");
    const scripted = new ScriptedChat({ token });
    const errors = errorsOf(scripted);
    scripted.room.open();
    scripted.platform.clock.advance(2_000);
    expect(token.mock.calls.length).toBeGreaterThan(1);
    expect(errors).toHaveLength(token.mock.calls.length);
    expect(errors[0]).toMatchObject({ error: { code: "token_provider" }, isFinal: false });
  });

  it("[V4] tells the application's own last word, once", () => {
    const error = errorFromCode("forbidden", "become a guest");
    const scripted = new ScriptedChat({
      token: () => {
        throw error;
      },
    });
    const errors = errorsOf(scripted);
    scripted.room.open();
    expect(errors).toEqual([{ error, isFinal: true }]);
    expect(scripted.chat.$connection.get()).toEqual({ status: "closed", error });
  });

  it.each([
    [4201, false, "unauthenticated"],
    [4500, true, "unauthenticated"],
    [4501, true, "forbidden"],
    [4506, true, "disabled"],
  ])("[V4] tells of close code %i", (code, isFinal, expected) => {
    const scripted = new ScriptedChat();
    const errors = errorsOf(scripted);
    scripted.goLive();
    scripted.socket.fail(code);
    expect(errors).toMatchObject([{ error: { code: expected }, isFinal }]);
  });

  it.each([4200, 4503, 4504, 1006])("[V4] close code %i says nothing about a token", (code) => {
    const scripted = new ScriptedChat();
    const errors = errorsOf(scripted);
    scripted.goLive();
    scripted.socket.fail(code);
    expect(errors).toEqual([]);
  });

  it("[V4] tells that a token is somebody else's", () => {
    const scripted = new ScriptedChat();
    const errors = errorsOf(scripted);
    scripted.goLive();
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet({ me: SampleLog.ben });
    expect(errors).toMatchObject([{ error: { code: "forbidden" }, isFinal: true }]);
  });
});
