import { describe, expect, it } from "vitest";
import { ChatError } from "../errors.js";
import { sampleWelcome } from "../testing/sample-log.js";
import { IDLE_CONNECTION, nextDeadline, stepConnection } from "./connection.machine.js";
import { NO_MEMORY } from "./next-attempt.js";
import type {
  ConnectionInput,
  ConnectionMachineState,
  ConnectionStep,
  InState,
  Moment,
} from "./connection-step.js";

type Status = ConnectionMachineState["status"];

const NOW = 1_000_000;
const MOMENT: Moment = { now: NOW, random: 0.5, isOnline: true };
const OFFLINE: Moment = { ...MOMENT, isOnline: false };
const memory = NO_MEMORY;
const error = new ChatError("token_provider", "unable to get a token; no");

const LIVE: InState<"live"> = {
  status: "live",
  via: "socket",
  memory: { ...memory, failures: 3, didRefresh: true },
  since: NOW - 60_000,
  heartbeatMs: 25_000,
  frameAt: NOW - 500,
  tickedAt: NOW - 500,
  probeUntil: Infinity,
};

const STATES: { readonly [Name in Status]: InState<Name> } = {
  idle: { status: "idle", memory },
  "fetching-token": { status: "fetching-token", memory, deadline: NOW + 1 },
  opening: { status: "opening", via: "socket", memory, deadline: NOW + 1 },
  greeting: { status: "greeting", via: "socket", memory, deadline: NOW + 1 },
  live: LIVE,
  waiting: { status: "waiting", memory, retryAt: NOW + 1, reason: "lost" },
  closed: { status: "closed" },
};

const INPUTS: { readonly [Name in ConnectionInput["t"]]: Extract<ConnectionInput, { t: Name }> } = {
  want: { t: "want" },
  connect: { t: "connect" },
  close: { t: "close" },
  token: { t: "token" },
  "token-failed": { t: "token-failed", error, isFinal: false },
  opened: { t: "opened" },
  received: { t: "received" },
  welcome: sampleWelcome(),
  bye: { t: "bye", code: 4300, after: [1_000, 3_000] },
  lost: { t: "lost", code: 1006 },
  garbled: { t: "garbled" },
  hint: { t: "hint" },
  tick: { t: "tick" },
};

/** The next status and the effects; the same status without effects is a dot. */
const TABLE: Record<Status, Record<ConnectionInput["t"], string>> = {
  idle: {
    want: "fetching-token request-token",
    connect: "fetching-token request-token",
    close: "closed",
    token: ".",
    "token-failed": ".",
    opened: ".",
    received: ".",
    welcome: ".",
    bye: ".",
    lost: ".",
    garbled: ".",
    hint: ".",
    tick: ".",
  },
  "fetching-token": {
    want: ".",
    connect: ".",
    close: "closed",
    token: "opening open",
    "token-failed": "waiting",
    opened: ".",
    received: ".",
    welcome: ".",
    bye: ".",
    lost: ".",
    garbled: ".",
    hint: ".",
    tick: ".",
  },
  opening: {
    want: ".",
    connect: ".",
    close: "closed drop",
    token: ".",
    "token-failed": ".",
    opened: "greeting greet",
    received: ".",
    welcome: ".",
    bye: ".",
    lost: "waiting drop",
    garbled: "waiting drop",
    hint: ".",
    tick: ".",
  },
  greeting: {
    want: ".",
    connect: ".",
    close: "closed drop",
    token: ".",
    "token-failed": ".",
    opened: ".",
    received: ".",
    welcome: "live",
    bye: ".",
    lost: "waiting drop",
    garbled: "waiting drop",
    hint: ".",
    tick: ".",
  },
  live: {
    want: ".",
    connect: ".",
    close: "closed drop",
    token: ".",
    "token-failed": ".",
    opened: ".",
    received: ".",
    welcome: ".",
    bye: ".",
    lost: "waiting drop",
    garbled: "waiting drop",
    hint: "live ping",
    tick: ".",
  },
  waiting: {
    want: ".",
    connect: "fetching-token request-token",
    close: "closed",
    token: ".",
    "token-failed": ".",
    opened: ".",
    received: ".",
    welcome: ".",
    bye: ".",
    lost: ".",
    garbled: ".",
    hint: "fetching-token request-token",
    tick: ".",
  },
  closed: {
    want: ".",
    connect: ".",
    close: ".",
    token: ".",
    "token-failed": ".",
    opened: ".",
    received: ".",
    welcome: ".",
    bye: ".",
    lost: ".",
    garbled: ".",
    hint: ".",
    tick: ".",
  },
};

function describeStep(before: Status, { state, effects }: ConnectionStep): string {
  if (state.status === before && effects.length === 0) return ".";
  return [state.status, ...effects.map((effect) => effect.type)].join(" ");
}

function step(state: ConnectionMachineState, input: ConnectionInput, moment = MOMENT) {
  return stepConnection(state, input, moment);
}

function waitingAfter(state: ConnectionMachineState, input: ConnectionInput, moment = MOMENT) {
  const { state: next } = step(state, input, moment);
  if (next.status !== "waiting") throw new Error(`it is ${next.status}`);
  return { ...next, delayMs: next.retryAt - moment.now };
}

describe("stepConnection", () => {
  for (const status of Object.keys(TABLE) as Status[]) {
    for (const name of Object.keys(INPUTS) as ConnectionInput["t"][]) {
      const expected = TABLE[status][name];
      it(`${name} while ${status}: ${expected}`, () => {
        expect(describeStep(status, step(STATES[status], INPUTS[name]))).toBe(expected);
      });
    }
  }

  it("does nothing until somebody wants a line", () => {
    expect(nextDeadline(IDLE_CONNECTION)).toBe(Infinity);
    expect(IDLE_CONNECTION.status).toBe("idle");
  });
});

describe("back-off", () => {
  it("[H4] waits random(0, min(20 s, 0.5 s · 2ⁿ)) after the n-th failure", () => {
    let state: ConnectionMachineState = STATES.opening;
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const waiting = waitingAfter(state, INPUTS.lost);
      delays.push(waiting.delayMs);
      state = { ...STATES.opening, memory: { ...waiting.memory, unopened: 0 } };
    }
    expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(waitingAfter(STATES.opening, INPUTS.lost, { ...MOMENT, random: 0 }).delayMs).toBe(0);
  });

  it("[H4] waits random(0, 1 s) after a connection that lived 10 s, counting from 0", () => {
    const waiting = waitingAfter({ ...LIVE, since: NOW - 10_000 }, INPUTS.lost);
    expect(waiting).toMatchObject({ delayMs: 500, memory: { failures: 0, didRefresh: false } });
  });

  it("[H4] does not start afresh after a welcome that lasted less than 10 s", () => {
    const waiting = waitingAfter({ ...LIVE, since: NOW - 9_999 }, INPUTS.lost);
    expect(waiting).toMatchObject({ delayMs: 2_000, memory: { failures: 4, didRefresh: true } });
  });

  it("[H4] gives up an attempt that does not open or is not greeted in time", () => {
    for (const status of ["opening", "greeting"] as const) {
      const late = { ...STATES[status], deadline: NOW };
      expect(describeStep(status, step(late, INPUTS.tick))).toBe("waiting drop");
    }
    const opened = step(STATES.opening, INPUTS.opened).state;
    expect(nextDeadline(opened)).toBe(NOW + 10_000);
  });

  it("[H4] attempts when the wait is over", () => {
    const due: ConnectionMachineState = { ...STATES.waiting, retryAt: NOW };
    expect(nextDeadline(due)).toBe(NOW);
    expect(describeStep("waiting", step(due, INPUTS.tick))).toBe("fetching-token request-token");
  });
});

describe("close codes", () => {
  it("[V4] 42xx leads to one immediate attempt with a fresh token, then to back-off", () => {
    const first = step(STATES.greeting, { t: "lost", code: 4200 });
    expect(describeStep("greeting", first)).toBe("fetching-token drop refuse-token request-token");
    if (first.state.status !== "fetching-token") throw new Error("no attempt");
    const again = { ...STATES.greeting, memory: first.state.memory };
    const second = step(again, { t: "lost", code: 4201 });
    expect(describeStep("greeting", second)).toBe("waiting drop refuse-token");
    expect(second.state).toMatchObject({ reason: "refused" });
  });

  it("[V4] allows the immediate attempt again after a connection that lived", () => {
    const { state } = step(
      { ...LIVE, memory: { ...memory, didRefresh: true } },
      {
        t: "lost",
        code: 4200,
      },
    );
    expect(state.status).toBe("fetching-token");
  });

  it("[V6] 43xx waits within the window of bye, whatever hints come", () => {
    const { state: told } = step(LIVE, INPUTS.bye);
    const waiting = waitingAfter(told, { t: "lost", code: 4300 });
    expect(waiting).toMatchObject({ delayMs: 2_000, reason: "told" });
    expect(describeStep("waiting", step(waiting, INPUTS.hint))).toBe(".");
    expect(step(waiting, INPUTS.connect).state.status).toBe("fetching-token");
  });

  it("[V6] a bye counts also when the close code is lost on the way", () => {
    const { state: told } = step(LIVE, INPUTS.bye);
    expect(waitingAfter(told, INPUTS.lost).delayMs).toBe(2_000);
  });

  it("[V6] 43xx without bye waits 5 to 30 s, and no bye sends away for more than 5 minutes", () => {
    expect(waitingAfter(LIVE, { t: "lost", code: 4301 }).delayMs).toBe(17_500);
    const { state: told } = step(LIVE, { t: "bye", code: 4300, after: [1e9, 2e9] });
    expect(waitingAfter(told, INPUTS.lost).delayMs).toBe(300_000);
  });

  it.each([
    [4500, "unauthenticated"],
    [4501, "forbidden"],
    [4502, "version"],
    [4503, "bad_frame"],
    [4504, "replaced"],
    [4505, "too_many_connections"],
    [4506, "disabled"],
    [4999, "forbidden"],
  ])("%i stops with the error %s", (code, expected) => {
    const { state, effects } = step(LIVE, { t: "lost", code });
    expect(effects[0]).toEqual({ type: "drop" });
    expect(state).toMatchObject({ status: "closed", error: { code: expected } });
  });

  it("a token that never will be ends the chat with the application's error", () => {
    const { state } = step(STATES["fetching-token"], { t: "token-failed", error, isFinal: true });
    expect(state).toEqual({ status: "closed", error });
  });
});

describe("liveness", () => {
  it("[V1] a line without any frame for heartbeat + 10 s is replaced", () => {
    const tickedAt = NOW - 1_000;
    const silent = { ...LIVE, tickedAt, frameAt: NOW - 35_001 };
    expect(describeStep("live", step(silent, INPUTS.tick))).toBe("waiting drop");
    const quiet = { ...LIVE, tickedAt, frameAt: NOW - 35_000 };
    expect(describeStep("live", step(quiet, INPUTS.tick))).toBe(".");
  });

  it("[V1] any message counts as life", () => {
    const asked = { ...LIVE, frameAt: NOW - 30_000, probeUntil: NOW + 1 };
    expect(step(asked, INPUTS.received).state).toMatchObject({
      frameAt: NOW,
      probeUntil: Infinity,
    });
  });

  it("[V2] after a hint, a line silent for over 10 s is replaced at once, without back-off", () => {
    const silent = { ...LIVE, frameAt: NOW - 10_001 };
    const expected = "fetching-token drop request-token";
    expect(describeStep("live", step(silent, INPUTS.hint))).toBe(expected);
  });

  it("[V2] after a hint, a fresher line has 4 s to answer one ping", () => {
    const asked = step(LIVE, INPUTS.hint);
    expect(asked.state).toMatchObject({ probeUntil: NOW + 4_000 });
    const again = step(asked.state, INPUTS.hint, { ...MOMENT, now: NOW + 3_000 });
    expect(again).toMatchObject({ state: { probeUntil: NOW + 4_000 }, effects: [] });
    const late = step(again.state, INPUTS.tick, { ...MOMENT, now: NOW + 4_000 });
    expect(describeStep("live", late)).toBe("waiting drop");
  });

  it("[V2] a tick more than 5 s late asks the line, unless that is overdue anyway", () => {
    const slept = { ...LIVE, tickedAt: NOW - 6_001, frameAt: NOW - 6_001 };
    expect(describeStep("live", step(slept, INPUTS.tick))).toBe("live ping");
    const sleptLong = { ...LIVE, tickedAt: NOW - 36_000, frameAt: NOW - 36_000 };
    expect(step(sleptLong, INPUTS.tick).state.status).toBe("fetching-token");
  });

  it("[V2] a page whose timers run once a minute keeps a line that answers", () => {
    let state: ConnectionMachineState = LIVE;
    const seen = new Set<string>();
    for (let second = 1; second <= 600; second += 1) {
      const moment = { ...MOMENT, now: NOW + second * 1_000 };
      if (second % 25 === 0) state = step(state, INPUTS.received, moment).state;
      if (second % 60 !== 0) continue;
      const ticked = step(state, INPUTS.tick, moment);
      for (const { type } of ticked.effects) seen.add(type);
      state = step(ticked.state, INPUTS.received, { ...moment, now: moment.now + 50 }).state;
    }
    expect([state.status, [...seen]]).toEqual(["live", ["ping"]]);
  });

  it("[V2] losing the network asks the line, which is waited for 4 s", () => {
    const asked = step(LIVE, INPUTS.hint, OFFLINE);
    expect(describeStep("live", asked)).toBe("live ping");
    const late = step(asked.state, INPUTS.tick, { ...OFFLINE, now: NOW + 4_000 });
    expect(late.state).toMatchObject({ status: "waiting", reason: "offline" });
    const old = { ...LIVE, frameAt: NOW - 11_000 };
    expect(describeStep("live", step(old, INPUTS.hint, OFFLINE))).toBe("live ping");
  });

  it("[V2] without a network there is no attempt", () => {
    const waiting = waitingAfter(STATES.idle, INPUTS.want, OFFLINE);
    expect(waiting.reason).toBe("offline");
    const later = { ...OFFLINE, now: waiting.retryAt };
    expect(step(waiting, INPUTS.tick, later).state).toMatchObject({ reason: "offline" });
    expect(step(waiting, INPUTS.hint).state.status).toBe("fetching-token");
    expect(waitingAfter(LIVE, INPUTS.lost, OFFLINE).reason).toBe("offline");
  });

  it("[V2] an application may insist on an attempt without a network", () => {
    expect(step(STATES.idle, INPUTS.connect, OFFLINE).state.status).toBe("fetching-token");
  });
});
