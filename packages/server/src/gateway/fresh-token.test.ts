import { describe, expect, it } from "vitest";
import type { Authentication } from "../auth/authenticator.js";
import { TestGateway } from "../testing/test-gateway.js";

const MINUTE_MS = 60_000;

/** A gateway whose tokens read `user/minutes`, or `bad`; each is judged when the test says so. */
function createGateway() {
  const judged: string[] = [];
  const waiting: (() => void)[] = [];
  const state = { isHeld: false };
  const gateway: TestGateway = new TestGateway({
    limits: { silenceMs: 10_000_000 },
    authenticator: {
      authenticate: (token, done) => {
        judged.push(token);
        const answer = () => done(judge(token, gateway.clock.now()));
        if (state.isHeld) waiting.push(answer);
        else answer();
      },
    },
  });
  const release = () => {
    waiting.shift()?.();
    gateway.clock.settle();
  };
  return { gateway, judged, state, release };
}

function judge(token: string, now: number): Authentication {
  const [id = "", minutes = ""] = token.split("/");
  if (token === "bad") return { ok: false, reason: "invalid" };
  const principal = { id, name: `name in ${token}`, kind: "user" as const };
  return { ok: true, principal, expiresAt: now + Number(minutes) * MINUTE_MS };
}

const auth = (token: string) => ({ t: "auth", token });

describe("[V4] fresh tokens", () => {
  it("[V4] one is asked for a minute before the old one ends, and gives more time", () => {
    const { gateway } = createGateway();
    const { socket, send } = gateway.connect("ann/10");
    const [welcome] = socket.framesOf("welcome");
    gateway.clock.advance(9 * MINUTE_MS - 1);
    expect(socket.framesOf("authreq")).toEqual([]);
    gateway.clock.advance(1);
    expect(socket.framesOf("authreq")).toEqual([{ t: "authreq", exp: welcome?.tokenExp }]);
    send(auth("ann/10"));
    gateway.clock.advance(9 * MINUTE_MS);
    const [, second] = socket.framesOf("authreq");
    expect(second?.exp).toBe(gateway.clock.now() + MINUTE_MS);
    expect(socket.closes).toEqual([]);
    gateway.clock.advance(MINUTE_MS + 29_999);
    expect(socket.closes).toEqual([]);
    gateway.clock.advance(1);
    expect(socket.closes).toEqual([4200]);
    expect(socket.framesOf("authreq")).toHaveLength(2);
  });

  it("[V4] one that ends within the minute is asked for at half of its time", () => {
    const { gateway } = createGateway();
    const { socket } = gateway.connect("ann/0.5");
    gateway.clock.advance(14_999);
    expect(socket.framesOf("authreq")).toEqual([]);
    gateway.clock.advance(1);
    expect(socket.framesOf("authreq")).toHaveLength(1);
  });

  it("[V4] one of another user closes with 4501", () => {
    const { gateway } = createGateway();
    const { socket, send } = gateway.connect("ann/10");
    send(auth("ben/10"));
    expect(socket.closes).toEqual([4501]);
  });

  it("[V4] a bad one is refused, and the old one ends when it ends", () => {
    const { gateway } = createGateway();
    const { socket, send } = gateway.connect("ann/1");
    send(auth("bad"));
    expect(socket.framesOf("error")).toEqual([{ t: "error", code: "unauthenticated" }]);
    gateway.clock.advance(MINUTE_MS + 29_999);
    expect(socket.closes).toEqual([]);
    gateway.clock.advance(1);
    expect(socket.closes).toEqual([4200]);
  });

  it("[V4] one that comes within the grace is in time", () => {
    const { gateway } = createGateway();
    const { socket, send } = gateway.connect("ann/1");
    gateway.clock.advance(MINUTE_MS + 29_000);
    send(auth("ann/10"));
    gateway.clock.advance(MINUTE_MS);
    expect(socket.closes).toEqual([]);
  });

  it("[V4] a flood of them is verified one by one; of those that wait, the last", () => {
    const { gateway, judged, state, release } = createGateway();
    const { socket, send } = gateway.connect("ann/10");
    state.isHeld = true;
    send(...Array.from({ length: 50 }, (_, index) => auth(`ann/${String(index + 1)}`)));
    expect(judged).toEqual(["ann/10", "ann/1"]);
    release();
    expect(judged).toEqual(["ann/10", "ann/1", "ann/50"]);
    release();
    gateway.clock.advance(49 * MINUTE_MS);
    expect(socket.framesOf("authreq")).toHaveLength(1);
  });

  it("[V4] what is verified after the end does nothing", () => {
    const { gateway, state, release } = createGateway();
    const { socket, session, send } = gateway.connect("ann/10");
    state.isHeld = true;
    send(auth("ben/10"));
    session.closed();
    release();
    expect(socket.closes).toEqual([]);
    expect(gateway.core.gateway.sessionCount).toBe(0);
  });

  it("[O12] gives time and nothing else: who somebody is stays as the hello said", () => {
    const { gateway } = createGateway();
    const { socket, send } = gateway.connect("ann/10", { lobby: { ref: 1 } });
    const ben = gateway.connect("ben/10", { lobby: { ref: 1 } });
    send(auth("ann/60"), { t: "typing", room: "lobby" });
    expect(ben.socket.framesOf("typing")).toMatchObject([
      { user: "ann", author: { name: "name in ann/10" } },
    ]);
    expect(socket.framesOf("welcome")).toHaveLength(1);
  });

  it("[H1] one that comes before the welcome waits for it", () => {
    const { gateway, judged, state, release } = createGateway();
    const { socket, send } = gateway.open();
    state.isHeld = true;
    send({ t: "hello", v: 1, token: "ann/1", client: "x", sdk: "test", caps: [], rooms: {} });
    send(auth("ann/60"));
    expect(judged).toEqual(["ann/1"]);
    release();
    expect(judged).toEqual(["ann/1", "ann/60"]);
    release();
    gateway.clock.advance(30 * MINUTE_MS);
    expect(socket.closes).toEqual([]);
  });
});
