import { describe, expect, it } from "vitest";
import type { UpFrame } from "../protocol/frames.js";
import type { AckFrame } from "../protocol/operations.js";
import { SampleLog, sampleId, sampleWelcome } from "../testing/sample-log.js";
import { ScriptedHttp, type OpenRequest } from "../testing/scripted-http.js";
import { VirtualClock } from "../testing/virtual-clock.js";
import { httpTransport } from "./http-transport.js";

const log = new SampleLog();
log.appendMany(3);

/** One line by HTTP whose server is played by the test. */
function openLine() {
  const clock = new VirtualClock();
  const http = new ScriptedHttp();
  const reports: string[] = [];
  /** What the client says as soon as it hears something. */
  const replies: object[] = [];
  const heard: Record<string, unknown>[] = [];
  const transport = httpTransport({ http: http.client, clock })("https://chat.example", {
    onOpen: () => reports.push("open"),
    onMessage: (message) => {
      const frames = JSON.parse(message) as Record<string, unknown>[];
      heard.push(...frames);
      reports.push(`message ${frames.map(({ t }) => String(t)).join(" ")}`.trim());
      if (replies.length > 0) say(...replies.splice(0));
    },
    onClose: (code) => reports.push(`close ${String(code)}`),
  });
  const say = (...frames: readonly object[]): void => {
    transport.send(JSON.stringify(frames));
  };
  clock.advance(0);
  return { clock, http, reports, replies, heard, transport, say };
}

type Line = ReturnType<typeof openLine>;

function hello(rooms: object, token = "t1"): object {
  return { t: "hello", v: 1, token, client: "c", sdk: "x", caps: [], rooms };
}

function op(id: number): UpFrame {
  return { t: "op", room: "lobby", id: sampleId(id), k: "msg", body: "x", format: "text" };
}

function ack(id: number): AckFrame {
  return { t: "ack", room: "lobby", id: sampleId(id), seq: id, at: 1 };
}

/** What a question asks. */
function asked({ request }: OpenRequest): { rooms: Record<string, unknown>; wait: string | null } {
  const { searchParams } = new URL(request.url);
  return {
    rooms: JSON.parse(searchParams.get("rooms") ?? "") as Record<string, unknown>,
    wait: searchParams.get("wait"),
  };
}

function questions({ http }: Line): readonly OpenRequest[] {
  return http.requests.filter(({ request }) => request.method === "GET");
}

function posts({ http }: Line): readonly OpenRequest[] {
  return http.requests.filter(({ request }) => request.method === "POST");
}

/** A line that has heard all there is. */
function liveLine(): Line {
  const line = openLine();
  line.say(hello({ lobby: { ref: 1 } }));
  line.http.last.answer({ status: 200, body: [sampleWelcome(), log.reset(1), log.synced(1)] });
  return line;
}

describe("questions", () => {
  it("opens by itself, and asks nothing before hello", () => {
    const line = openLine();
    expect([line.reports, line.http.requests]).toEqual([["open"], []]);
  });

  it("[L4] the first question carries rooms and token, and does not wait", () => {
    const line = openLine();
    const cur = { epoch: log.epoch, seq: 2, chain: log.chain(2) };
    line.say(hello({ lobby: { ref: 1, cur } }));
    const { request } = line.http.last;
    expect(request).toMatchObject({ method: "GET", token: "t1" });
    expect(request.url).toMatch(/^https:\/\/chat\.example\/v1\/sync\?/);
    expect(asked(line.http.last)).toEqual({ rooms: { lobby: { ref: 1, cur } }, wait: "0" });
  });

  it("[L4] goes on from the end of what was passed on, and waits for news at the server", () => {
    const line = liveLine();
    expect(line.reports).toEqual(["open", "message welcome reset synced"]);
    line.clock.advance(250);
    const cur = { epoch: log.epoch, seq: 3, chain: log.chain() };
    expect(asked(line.http.last)).toEqual({ rooms: { lobby: { ref: 1, cur } }, wait: "25" });
    expect(line.http.last.request.limitMs).toBe(40_000);
  });

  it("[L6] passes an answer to an old request on as what it is now: events and news", () => {
    const line = liveLine();
    line.clock.advance(250);
    line.http.last.answer({ status: 200, body: [log.replay(1, 3), log.append(), log.synced(1)] });
    expect(line.reports.at(-1)).toBe("message ev synced");
    line.clock.advance(250);
    line.http.last.answer({ status: 200, body: [log.reset(1), log.synced(1)] });
    expect(line.heard.at(-2)).not.toHaveProperty("ref");
    line.clock.advance(250);
    const cur = { epoch: log.epoch, seq: log.head, chain: log.chain() };
    expect(asked(line.http.last).rooms).toEqual({ lobby: { ref: 1, cur } });
  });

  it("[L6] asks anew, at once, when rooms are followed or left", () => {
    const line = liveLine();
    line.clock.advance(250);
    const open = line.http.last;
    line.say({ t: "sub", room: "other", ref: 2 });
    expect(open.isCancelled).toBe(true);
    expect(asked(line.http.last)).toMatchObject({ rooms: { other: { ref: 2 } }, wait: "0" });
    const other = new SampleLog("other");
    line.http.last.answer({ status: 200, body: [other.reset(2), other.synced(2)] });
    expect(line.heard.at(-2)).toMatchObject({ t: "reset", ref: 2 });
    line.say({ t: "unsub", room: "lobby" });
    expect(Object.keys(asked(line.http.last).rooms)).toEqual(["other"]);
  });

  it("[L6] asks one question at a time, also when an answer leads to the next one at once", () => {
    const line = openLine();
    line.say(hello({ lobby: { ref: 1 } }));
    line.replies.push({ t: "sub", room: "den", ref: 2 });
    line.http.last.answer({ status: 200, body: [sampleWelcome(), log.reset(1), log.synced(1)] });
    line.clock.advance(1_000);
    expect(questions(line)).toHaveLength(2);
    line.http.last.answer({ status: 200, body: [sampleWelcome()] });
    line.clock.advance(0);
    expect(questions(line)).toHaveLength(3);
  });

  it("asks no more for a room that was refused", () => {
    const line = liveLine();
    line.say({ t: "sub", room: "none", ref: 2 });
    const refusal = { t: "error", code: "not_found", room: "none", ref: 2 };
    line.http.last.answer({ status: 200, body: [refusal] });
    line.clock.advance(250);
    expect(Object.keys(asked(line.http.last).rooms)).toEqual(["lobby"]);
  });

  it("[V2] a ping is answered by a question that does not wait", () => {
    const line = liveLine();
    line.clock.advance(250);
    const { last } = line.http;
    line.say({ t: "pong" });
    expect(line.http.last).toBe(last);
    line.say({ t: "ping" });
    expect([last.isCancelled, asked(line.http.last).wait]).toEqual([true, "0"]);
    line.http.last.answer({ status: 200, body: [] });
    expect(line.reports.at(-1)).toBe("message");
  });

  it("asks at most four times a second, however busy a room is", () => {
    const line = liveLine();
    const answered = new Set(questions(line));
    for (let count = 0; count < 40; count += 1) {
      line.clock.advance(25);
      const open = questions(line).find((question) => !answered.has(question));
      if (!open) continue;
      answered.add(open);
      open.answer({ status: 200, body: [log.replay(1, log.head), log.append(), log.synced(1)] });
    }
    expect(questions(line).length).toBeLessThanOrEqual(5);
  });

  it("lets many rooms take turns, so that no address is too long for a proxy", () => {
    const line = openLine();
    const rooms = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`room-${String(index)}`, { ref: index + 1 }]),
    );
    line.say(hello(rooms));
    const seen = new Set<string>();
    for (let count = 0; count < 3; count += 1) {
      const { rooms: some, wait } = asked(line.http.last);
      expect(line.http.last.request.url.length).toBeLessThan(8_000);
      expect(wait).toBe("0");
      const frames = Object.keys(some).map((room) => {
        seen.add(room);
        return new SampleLog(room).reset(Number(room.slice(5)) + 1);
      });
      line.http.last.answer({ status: 200, body: frames });
      line.clock.advance(250);
    }
    expect(seen.size).toBe(100);
  });
});

describe("posts", () => {
  it("[O6] posts one request at a time, in order, and passes the outcomes on", () => {
    const line = liveLine();
    line.say(op(1), { t: "read", room: "lobby", seq: 3 });
    line.say(op(2), { t: "typing", room: "lobby" });
    expect(posts(line).map(({ request }) => request)).toEqual([
      {
        method: "POST",
        url: "https://chat.example/v1/ops",
        token: "t1",
        body: [op(1), { t: "read", room: "lobby", seq: 3 }],
      },
    ]);
    posts(line)[0]?.answer({ status: 200, body: [ack(1)] });
    expect(line.heard.at(-1)).toEqual(ack(1));
    expect(posts(line)[1]?.request.body).toEqual([op(2), { t: "typing", room: "lobby" }]);
  });

  it("[O2] an op without an outcome ends the line, so that it is sent again on the next", () => {
    const line = liveLine();
    line.say(op(1), op(2));
    posts(line)[0]?.answer({ status: 200, body: [ack(1)] });
    expect(line.reports.slice(-2)).toEqual(["message ack", "close 1006"]);
  });

  it("a message too large for somebody on the way is told as on a socket", () => {
    const line = liveLine();
    line.say(op(1));
    posts(line)[0]?.answer({ status: 413, body: "<html>" });
    expect(line.reports.at(-1)).toBe("close 1009");
  });
});

describe("the end of a line by HTTP", () => {
  it.each([
    [0, undefined, 1006],
    [401, "token_expired", 4200],
    [401, "unauthenticated", 4500],
    [401, undefined, 1006],
    [403, "forbidden", 4501],
    [403, "disabled", 4506],
    [403, undefined, 1006],
    [404, "not_found", 1006],
    [500, "internal", 1006],
    [503, undefined, 4301],
    [429, "rate_limited", 4302],
    [200, undefined, 1006],
  ])("status %i with code %s closes with %i", (status, code, closeCode) => {
    const line = openLine();
    line.say(hello({}));
    line.http.last.answer({ status, body: code ? { error: { code } } : undefined });
    expect(line.reports).toEqual(["open", `close ${String(closeCode)}`]);
    line.clock.advance(60_000);
    expect(line.http.requests).toHaveLength(1);
  });

  it("[V6] says when to come back, if the server does", () => {
    const line = openLine();
    line.say(hello({}));
    const body = { error: { code: "unavailable", retryAfterMs: 2_000 } };
    line.http.last.answer({ status: 503, body });
    expect(line.heard).toEqual([{ t: "bye", code: 4301, after: [2_000, 4_000] }]);
    expect(line.reports.at(-1)).toBe("close 4301");
  });

  it("[V2] reports nothing after it was closed, and lets go of its requests", () => {
    const line = liveLine();
    line.say(op(1));
    line.clock.advance(250);
    line.transport.close();
    expect(line.http.requests.slice(1).map(({ isCancelled }) => isCancelled)).toEqual([true, true]);
    line.say(op(2), { t: "ping" });
    line.clock.advance(60_000);
    expect([line.http.requests.length, line.reports.length]).toEqual([3, 2]);
  });

  it("[V2] closed before it opened, it never opens", () => {
    const clock = new VirtualClock();
    const reports: string[] = [];
    const transport = httpTransport({ http: new ScriptedHttp().client, clock })("https://x", {
      onOpen: () => reports.push("open"),
      onMessage: () => reports.push("message"),
      onClose: () => reports.push("close"),
    });
    transport.close();
    clock.advance(1_000);
    expect(reports).toEqual([]);
  });
});

describe("a fresh token on a line by HTTP", () => {
  it("[V4] is tried by a question before anything is posted with it", () => {
    const line = liveLine();
    line.say({ t: "auth", token: "t2" });
    expect(line.http.last.request.token).toBe("t2");
    line.say(op(1));
    expect(posts(line)[0]?.request.token).toBe("t1");
    posts(line)[0]?.answer({ status: 200, body: [ack(1)] });
    questions(line).at(-1)?.answer({ status: 200, body: [] });
    line.say(op(2));
    expect(posts(line)[1]?.request.token).toBe("t2");
  });

  it("[V4] is asked for once, a minute before the end or half way through a short one", () => {
    const line = liveLine();
    const { now } = sampleWelcome();
    const greet = (leftMs: number): void => {
      line.clock.advance(250);
      const welcome = sampleWelcome({ now, tokenExp: now + leftMs });
      line.http.last.answer({ status: 200, body: [welcome] });
    };
    for (const leftMs of [60_001, 60_000, 35_000, 10_000]) greet(leftMs);
    expect(line.heard.filter(({ t }) => t === "authreq")).toEqual([
      { t: "authreq", exp: now + 60_000 },
    ]);
    line.say({ t: "auth", token: "t2" });
    // One that is short from the beginning would ask for the next with its first answer.
    for (const leftMs of [50_000, 25_001]) greet(leftMs);
    expect(line.heard.filter(({ t }) => t === "authreq")).toHaveLength(1);
    greet(25_000);
    expect(line.heard.at(-1)).toEqual({ t: "authreq", exp: now + 25_000 });
  });

  it("[V4] that is refused leaves the one there was", () => {
    const line = liveLine();
    line.say({ t: "auth", token: "bad" });
    line.http.last.answer({ status: 401, body: { error: { code: "unauthenticated" } } });
    expect(line.heard.at(-1)).toEqual({ t: "error", code: "unauthenticated" });
    line.clock.advance(250);
    expect(line.http.last.request.token).toBe("t1");
    line.http.last.answer({ status: 401, body: { error: { code: "token_expired" } } });
    expect(line.reports.at(-1)).toBe("close 4200");
  });
});
