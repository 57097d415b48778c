import { downFrameSchema, type DownFrame } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import type { Cancel } from "../platform/clock.js";
import { testOpId } from "../testing/op-ids.js";
import { createHeldGateway, message, TestGateway } from "../testing/test-gateway.js";
import type { PollAnswer } from "./poll-answer.js";

const LOBBY = { lobby: { ref: 1 } };
const TYPING = { t: "typing", room: "lobby" };

/** A request of a test, and every answer it was given: one at most. */
interface Request {
  readonly answers: PollAnswer[];
  readonly cancel: Cancel;
}

function post(gateway: TestGateway, token: string, ...frames: readonly object[]): Request {
  return postText(gateway, token, JSON.stringify(frames));
}

function postText(gateway: TestGateway, token: string, body: string): Request {
  const answers: PollAnswer[] = [];
  const cancel = gateway.core.polling.post(token, body, (answer) => answers.push(answer));
  gateway.clock.settle();
  return { answers, cancel };
}

function sync(
  gateway: TestGateway,
  token: string,
  rooms: Record<string, { ref: number; cur?: { epoch: string; seq: number; chain: string } }>,
  wait = 0,
): Request {
  const answers: PollAnswer[] = [];
  const query = { rooms, wait };
  const cancel = gateway.core.polling.sync(token, query, (answer) => answers.push(answer));
  gateway.clock.settle();
  return { answers, cancel };
}

function framesOf({ answers }: Request): readonly DownFrame[] {
  const [answer, ...more] = answers;
  if (!answer?.ok || more.length > 0) throw new Error(`not frames: ${JSON.stringify(answers)}`);
  return answer.frames;
}

function typesOf(request: Request): string[] {
  return framesOf(request).map(({ t }) => t);
}

/** Where somebody is who has read a whole answer. */
function cursorOf(request: Request) {
  let epoch = "";
  for (const frame of framesOf(request)) if (frame.t === "reset") epoch = frame.epoch;
  const synced = framesOf(request).find((frame) => frame.t === "synced");
  return { epoch, seq: synced?.head ?? 0, chain: synced?.chain ?? "" };
}

describe("POST /v1/ops", () => {
  it("[O2] answers every op with its outcome, in their order, and the room hears of them", () => {
    const gateway = new TestGateway();
    const ben = gateway.connect("ben", LOBBY);
    const ids = Array.from({ length: 4 }, () => testOpId());
    const [first = "", second = "", third = "", fourth = ""] = ids;
    const request = post(
      gateway,
      "ann",
      message(first, "one"),
      message(second, ""),
      message(first, "one"),
      message(third, "elsewhere", "missing"),
      { t: "read", room: "lobby", seq: 1 },
      message(fourth, "two"),
    );
    expect(framesOf(request)).toMatchObject([
      { t: "ack", id: first, seq: 1 },
      { t: "nack", id: second, code: "invalid" },
      { t: "ack", id: first, seq: 1 },
      { t: "nack", id: third, code: "not_found" },
      { t: "ack", id: fourth, seq: 2 },
    ]);
    expect(ben.socket.framesOf("ev").map(({ id }) => id)).toEqual([first, fourth]);
    gateway.clock.advance(10_000);
    expect(gateway.core.gateway.sessionCount).toBe(1);
  });

  it("[R1] a read position is stored, and answered when it is", () => {
    const gateway = new TestGateway();
    gateway.fill(3);
    expect(framesOf(post(gateway, "ann", { t: "read", room: "lobby", seq: 2 }))).toEqual([]);
    const [synced] = gateway.connect("ann", LOBBY).socket.framesOf("synced");
    expect(synced).toMatchObject({ read: { seq: 2, count: 2 } });
  });

  it("[P1] typing is told for somebody who follows the room by waiting for news of it", () => {
    const gateway = new TestGateway();
    const ben = gateway.connect("ben", LOBBY);
    expect(framesOf(post(gateway, "ann", TYPING))).toEqual([]);
    expect(ben.socket.framesOf("typing")).toEqual([]);
    sync(gateway, "ann", LOBBY, 25);
    for (let count = 0; count < 3; count += 1) post(gateway, "ann", TYPING);
    expect(ben.socket.framesOf("typing")).toMatchObject([{ user: "ann" }]);
  });

  it("[P1] typing is not told that waited for its token, and what came with it is done", () => {
    let verify: () => void = () => undefined;
    const gateway: TestGateway = new TestGateway({
      authenticator: {
        authenticate: (token, done) => {
          const principal = { id: token, name: token, kind: "user" as const };
          verify = () => done({ ok: true, principal, expiresAt: gateway.clock.now() + 60_000 });
          if (token === "ben") verify();
        },
      },
    });
    const ben = gateway.connect("ben", LOBBY);
    sync(gateway, "ann", LOBBY, 25);
    verify();
    gateway.clock.settle();
    const id = testOpId();
    const postFor = (ms: number, ...frames: readonly object[]) => {
      const request = post(gateway, "ann", ...frames);
      gateway.clock.advance(ms);
      verify();
      gateway.clock.settle();
      return typesOf(request);
    };
    expect(postFor(2_000, TYPING, message(id, "and said it"), TYPING)).toEqual(["ack"]);
    expect(postFor(2_000, TYPING)).toEqual([]);
    expect(ben.socket.framesOf("typing")).toEqual([]);
    expect(ben.socket.framesOf("ev")).toMatchObject([{ id }]);
    postFor(100, TYPING);
    expect(ben.socket.framesOf("typing")).toHaveLength(1);
  });

  it("[O3] waits for the commit", () => {
    const { gateway, run } = createHeldGateway();
    const request = post(gateway, "ann", message(testOpId(), "hello"));
    expect(request.answers).toEqual([]);
    run();
    gateway.clock.settle();
    expect(typesOf(request)).toEqual(["ack"]);
  });

  it.each([
    ["no JSON", "nope"],
    ["no array", "{}"],
    ["nothing", "[]"],
    ["a frame that is not posted", '[{"t":"sub","room":"lobby","ref":1}]'],
    ["a bad frame", '[{"t":"op","room":"Lobby"}]'],
    ["too deep a value", `[{"t":"op","x":${"[".repeat(50_000)}`],
    ["more than 64 frames", JSON.stringify(Array.from({ length: 65 }, () => TYPING))],
  ])("[W4] a body of %s is invalid, and leaves no session behind", (_case, body) => {
    const gateway = new TestGateway();
    const { answers } = postText(gateway, "ann", body);
    expect(answers).toEqual([{ ok: false, code: "invalid" }]);
    expect(gateway.core.gateway.sessionCount).toBe(0);
  });

  it("[O2] answers with the outcomes there are when storage fails behind them", () => {
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        append: (view, event, done) => {
          if (event.id === broken.id) done({ ok: false, cause: new Error("disk full") });
          else storage.append(view, event, done);
        },
      }),
    });
    const stored = message(testOpId(), "stored");
    const broken = message(testOpId(), "not stored");
    expect(post(gateway, "ann", broken).answers).toEqual([
      { ok: false, code: "unavailable", retryAfterMs: 5_000 },
    ]);
    const request = post(gateway, "ann", stored, message(testOpId(), " "));
    expect(typesOf(request)).toEqual(["ack", "nack"]);
  });

  it("[H2] a wrong token, an expired one and a monstrous one are told apart as on a socket", () => {
    const gateway = new TestGateway();
    const codes = ["wrong", "expired", "x".repeat(5_000)].map(
      (token) => post(gateway, token, message(testOpId(), "hello")).answers,
    );
    expect(codes).toEqual([
      [{ ok: false, code: "unauthenticated" }],
      [{ ok: false, code: "token_expired" }],
      [{ ok: false, code: "unauthenticated" }],
    ]);
    expect(gateway.disk.query("SELECT id FROM events")).toEqual([]);
  });

  it("an op is stored although whoever posted it has hung up", () => {
    const { gateway, run } = createHeldGateway();
    const request = post(gateway, "ann", message(testOpId(), "goodbye"));
    request.cancel();
    run();
    gateway.clock.advance(10_000);
    expect(request.answers).toEqual([]);
    expect(gateway.disk.query("SELECT id FROM events")).toHaveLength(1);
    expect(gateway.core.gateway.sessionCount).toBe(0);
  });
});

describe("GET /v1/sync", () => {
  it("[L4] without waiting it brings each room to its head, and the room list", () => {
    const gateway = new TestGateway();
    gateway.fill(3);
    post(gateway, "ann", message(testOpId(), "hello", "room-1"));
    const request = sync(gateway, "ann", { ...LOBBY, "room-1": { ref: 2 }, missing: { ref: 3 } });
    const types = typesOf(request);
    expect(types[0]).toBe("welcome");
    expect([...types].sort()).toEqual(
      [
        ...["welcome", "reset", "synced", "presence", "reset", "synced", "presence"],
        ...["error", "room"],
      ].sort(),
    );
    for (const frame of framesOf(request)) downFrameSchema.parse(frame);
    gateway.clock.advance(10_000);
    expect(gateway.core.gateway.sessionCount).toBe(0);
  });

  it("answers at once when there is more than at the cursor", () => {
    const gateway = new TestGateway();
    gateway.fill(1);
    const cur = cursorOf(sync(gateway, "ann", LOBBY));
    gateway.fill(2);
    const request = sync(gateway, "ann", { lobby: { ref: 2, cur } }, 25);
    expect(typesOf(request).filter((type) => type !== "presence")).toEqual([
      ...["welcome", "replay", "ev", "ev", "synced"],
    ]);
  });

  it("at an unchanged cursor it waits, and answers when its time is over", () => {
    const gateway = new TestGateway();
    post(gateway, "ann", message(testOpId(), "hello"));
    const cur = cursorOf(sync(gateway, "ann", LOBBY));
    const request = sync(gateway, "ann", { lobby: { ref: 2, cur } }, 25);
    gateway.clock.advance(24_999);
    expect(request.answers).toEqual([]);
    gateway.clock.advance(1);
    // That the asker came is told to the others, and ends nobody's own wait.
    expect(typesOf(request)).toEqual(["welcome", "replay", "synced", "presence", "room"]);
  });

  const news: readonly [string, string, (gateway: TestGateway) => void][] = [
    ["a message", "ev", (gateway) => gateway.fill(1)],
    ["a room elsewhere", "room", (gateway) => gateway.fill(1, "room-1")],
    ["typing", "typing", (gateway) => gateway.connect("ben", LOBBY).send(TYPING)],
    ["somebody who comes", "presence", (gateway) => void gateway.connect("ben", LOBBY)],
    [
      "somebody who reads",
      "receipt",
      (gateway) => gateway.connect("ben").send({ t: "read", room: "lobby", seq: 1 }),
    ],
  ];
  it.each(news)("%s ends the wait", (_case, type, happen) => {
    const gateway = new TestGateway();
    post(gateway, "ann", message(testOpId(), "here"), message(testOpId(), "there", "room-1"));
    gateway.clock.advance(2_000);
    const cur = cursorOf(sync(gateway, "ann", LOBBY));
    const request = sync(gateway, "ann", { lobby: { ref: 2, cur } }, 25);
    gateway.clock.advance(5_000);
    expect(request.answers).toEqual([]);
    happen(gateway);
    gateway.clock.advance(1_000);
    expect(typesOf(request)).toContain(type);
  });

  it("[P2] somebody who comes back with each answer is here all the time", () => {
    const gateway = new TestGateway({ limits: { silenceMs: 1_000_000 } });
    const ben = gateway.connect("ben", LOBBY);
    let cur = cursorOf(sync(gateway, "ann", LOBBY));
    gateway.clock.advance(2_000);
    const before = ben.socket.framesOf("presence").length;
    for (let round = 0; round < 4; round += 1) {
      const request = sync(gateway, "ann", { lobby: { ref: 2, cur } }, 25);
      gateway.clock.advance(26_000);
      cur = { ...cur, ...framesOf(request).find((frame) => frame.t === "synced") };
    }
    expect(ben.socket.framesOf("presence")).toHaveLength(before);
  });

  it("[V3] an answer that grows too large is given as it is, and the next goes on", () => {
    const gateway = new TestGateway({ limits: { pollMaxBytes: 5_000 } });
    const rooms = Array.from({ length: 10 }, (_, index) => `room-${String(index)}`);
    for (const room of rooms) gateway.fill(10, room);
    const asked = Object.fromEntries(rooms.map((room, index) => [room, { ref: index + 1 }]));
    const first = framesOf(sync(gateway, "ann", asked, 25));
    const reset = first.filter(({ t }) => t === "reset").length;
    expect(reset).toBeGreaterThan(0);
    expect(reset).toBeLessThan(10);
  });

  it("[L4] rooms beyond the two hundred one may follow are refused, as on a socket", () => {
    const gateway = new TestGateway();
    const refs = Array.from({ length: 201 }, (_, index) => index + 1);
    const rooms = Object.fromEntries(refs.map((ref) => [`room-${String(ref)}`, { ref }]));
    const frames = framesOf(sync(gateway, "ann", rooms));
    expect(frames.filter(({ t }) => t === "synced")).toHaveLength(200);
    expect(frames.filter(({ t }) => t === "error")).toEqual([
      { t: "error", code: "forbidden", room: "room-201", ref: 201 },
    ]);
  });

  it("a client that hangs up is gone, whatever happens later", () => {
    const gateway = new TestGateway();
    const cur = cursorOf(sync(gateway, "ann", LOBBY));
    const request = sync(gateway, "ann", { lobby: { ref: 2, cur } }, 25);
    request.cancel();
    expect(gateway.core.gateway.sessionCount).toBe(0);
    gateway.fill(1);
    gateway.clock.advance(60_000);
    expect(request.answers).toEqual([]);
    expect(gateway.clock.waitingCount).toBe(0);
  });

  it("[V6] while draining it says when to come back, also to who waits", () => {
    const gateway = new TestGateway();
    const cur = cursorOf(sync(gateway, "ann", LOBBY));
    const waiting = sync(gateway, "ann", { lobby: { ref: 2, cur } }, 25);
    gateway.core.gateway.drain(() => undefined);
    gateway.clock.advance(1_000);
    const goingAway = [{ ok: false, code: "going_away", retryAfterMs: 5_000 }];
    expect(waiting.answers).toEqual(goingAway);
    expect(sync(gateway, "ann", LOBBY).answers).toEqual(goingAway);
    expect(post(gateway, "ann", message(testOpId(), "hello")).answers).toEqual(goingAway);
  });

  it("[V6] an op that a drain overtakes is not answered as if all were well", () => {
    let verify: () => void = () => undefined;
    const gateway: TestGateway = new TestGateway({
      authenticator: {
        authenticate: (token, done) => {
          const principal = { id: token, name: token, kind: "user" as const };
          verify = () => done({ ok: true, principal, expiresAt: gateway.clock.now() + 60_000 });
        },
      },
    });
    const request = post(gateway, "ann", message(testOpId(), "hello"));
    verify();
    gateway.core.gateway.drain(() => undefined);
    gateway.clock.advance(1_000);
    expect(request.answers).toEqual([{ ok: false, code: "going_away", retryAfterMs: 5_000 }]);
    expect(gateway.disk.query("SELECT id FROM events")).toEqual([]);
  });

  it("[V4] a token that ends while it waits is told as expired", () => {
    const gateway = new TestGateway({
      limits: { tokenGraceMs: 1_000 },
      authenticator: {
        authenticate: (token, done) => {
          const principal = { id: token, name: token, kind: "user" as const };
          done({ ok: true, principal, expiresAt: gateway.clock.now() + 5_000 });
        },
      },
    });
    const cur = cursorOf(sync(gateway, "ann", LOBBY));
    const request = sync(gateway, "ann", { lobby: { ref: 2, cur } }, 25);
    gateway.clock.advance(6_000);
    expect(request.answers).toEqual([{ ok: false, code: "token_expired" }]);
  });
});
