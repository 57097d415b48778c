import { describe, expect, it } from "vitest";
import { GATEWAY_LIMITS } from "./gateway-limits.js";
import type { LiveState, SessionInput, SessionState } from "./session-state.js";
import { nextTick, openSession, stepSession } from "./session.machine.js";

type Phase = SessionState["phase"];
type Row = Record<SessionInput["type"], string>;

const NOW = 100_000;

const LIVE: LiveState = {
  phase: "live",
  heardAt: NOW,
  pingAt: NOW,
  tokenEndsAt: NOW + 120_000,
  renewAt: NOW + 60_000,
  renewal: "idle",
  badFrames: [],
};

const STATES: Record<Phase, SessionState> = {
  "awaiting-hello": { phase: "awaiting-hello", deadline: NOW },
  authenticating: { phase: "authenticating", deadline: NOW },
  live: LIVE,
  draining: { phase: "draining" },
  closed: { phase: "closed" },
};

const INPUTS: Record<SessionInput["type"], SessionInput> = {
  hello: { type: "hello", version: 1, at: NOW },
  frame: { type: "frame", at: NOW },
  auth: { type: "auth", at: NOW },
  "unknown-frame": { type: "unknown-frame", at: NOW },
  "bad-frame": { type: "bad-frame", at: NOW },
  unreadable: { type: "unreadable", at: NOW },
  oversized: { type: "oversized", at: NOW },
  authenticated: { type: "authenticated", remainingMs: 60_000, fraction: 0.5, at: NOW },
  refused: { type: "refused", reason: "invalid", at: NOW },
  renewed: { type: "renewed", remainingMs: 60_000, user: "same", at: NOW },
  "renewal-refused": { type: "renewal-refused", at: NOW },
  tick: { type: "tick", at: NOW },
  "storage-failed": { type: "storage-failed", at: NOW },
  slow: { type: "slow", at: NOW },
  replaced: { type: "replaced", at: NOW },
  failed: { type: "failed", at: NOW },
  left: { type: "left", at: NOW },
  drain: { type: "drain", at: NOW },
  drained: { type: "drained", at: NOW },
  "socket-closed": { type: "socket-closed", at: NOW },
};

/** Ends every connection the same way, whatever it was doing. */
const ENDINGS = {
  unreadable: "closed: close 4503",
  oversized: "closed: close 1009",
  "storage-failed": "closed: close 4003",
  slow: "closed: close 4001",
  replaced: "closed: close 4002",
  failed: "closed: close 1011",
  left: "closed: close 1000",
  drained: "closed: close 4300",
  "socket-closed": "closed: forget",
} as const;

const TABLE: Record<Phase, Row> = {
  "awaiting-hello": {
    ...ENDINGS,
    hello: "authenticating: authenticate",
    frame: "closed: close 4004",
    "unknown-frame": "awaiting-hello",
    "bad-frame": "closed: refuse-frame, close 4503",
    authenticated: "awaiting-hello",
    refused: "awaiting-hello",
    tick: "closed: close 4004",
    drain: "closed: bye 4300, close 4300",
    auth: "closed: close 4004",
    renewed: "awaiting-hello",
    "renewal-refused": "awaiting-hello",
  },
  authenticating: {
    ...ENDINGS,
    hello: "closed: close 4503",
    frame: "authenticating: hold",
    "unknown-frame": "authenticating",
    "bad-frame": "closed: refuse-frame, close 4503",
    authenticated: "live: welcome",
    refused: "closed: close 4500",
    tick: "closed: close 4004",
    drain: "closed: bye 4300, close 4300",
    auth: "authenticating: hold",
    renewed: "authenticating",
    "renewal-refused": "authenticating",
  },
  live: {
    ...ENDINGS,
    hello: "live: refuse-frame",
    frame: "live: dispatch",
    "unknown-frame": "live",
    "bad-frame": "live: refuse-frame",
    authenticated: "live",
    refused: "live",
    tick: "live: ping",
    drain: "draining: bye 4300",
    auth: "live: renew",
    renewed: "live",
    "renewal-refused": "live: refuse-token",
  },
  draining: {
    ...ENDINGS,
    hello: "draining",
    frame: "draining",
    "unknown-frame": "draining",
    "bad-frame": "draining",
    authenticated: "draining",
    refused: "draining",
    tick: "draining",
    drain: "draining",
    auth: "draining",
    renewed: "draining",
    "renewal-refused": "draining",
  },
  closed: {
    hello: "closed",
    frame: "closed",
    "unknown-frame": "closed",
    "bad-frame": "closed",
    unreadable: "closed",
    oversized: "closed",
    authenticated: "closed",
    refused: "closed",
    tick: "closed",
    "storage-failed": "closed",
    slow: "closed",
    replaced: "closed",
    failed: "closed",
    drain: "closed",
    drained: "closed",
    "socket-closed": "closed",
    auth: "closed",
    renewed: "closed",
    "renewal-refused": "closed",
    left: "closed",
  },
};

function step(state: SessionState, input: SessionInput): SessionState {
  return stepSession(state, input, GATEWAY_LIMITS).state;
}

function describeStep(state: SessionState, input: SessionInput): string {
  const { state: next, effects } = stepSession(state, input, GATEWAY_LIMITS);
  const done = effects.map((effect) =>
    "code" in effect ? `${effect.type} ${String(effect.code)}` : effect.type,
  );
  return done.length === 0 ? next.phase : `${next.phase}: ${done.join(", ")}`;
}

describe("the table of states and inputs", () => {
  for (const phase of Object.keys(TABLE) as Phase[]) {
    for (const input of Object.keys(INPUTS) as SessionInput["type"][]) {
      const expected = TABLE[phase][input];
      it(`${phase} and ${input} lead to ${expected}`, () => {
        expect(describeStep(STATES[phase], INPUTS[input])).toBe(expected);
      });
    }
  }
});

describe("deadlines", () => {
  it("[H1] a connection that says nothing is given five seconds", () => {
    const opened = openSession(NOW, GATEWAY_LIMITS);
    expect(nextTick(opened, GATEWAY_LIMITS)).toBe(NOW + 5_000);
    expect(step(opened, { type: "tick", at: NOW + 4_999 }).phase).toBe("awaiting-hello");
    expect(describeStep(opened, { type: "tick", at: NOW + 5_000 })).toBe("closed: close 4004");
  });

  it("another version of the protocol is told so", () => {
    const hello: SessionInput = { type: "hello", version: 2, at: NOW };
    expect(describeStep(STATES["awaiting-hello"], hello)).toBe("closed: close 4502");
  });

  it("an expired token is told apart from a wrong one", () => {
    const refused: SessionInput = { type: "refused", reason: "expired", at: NOW };
    expect(describeStep(STATES.authenticating, refused)).toBe("closed: close 4200");
  });

  it("[V1] the first ping comes at a fraction of the interval, the next after all of it", () => {
    const live = step(STATES.authenticating, INPUTS.authenticated);
    expect(nextTick(live, GATEWAY_LIMITS)).toBe(NOW + 12_500);
    const pinged = step(live, { type: "tick", at: NOW + 12_500 });
    expect(pinged).toMatchObject({ pingAt: NOW + 37_500 });
  });

  it("[V1] 35 seconds without a frame close the connection, and any frame counts", () => {
    const live: SessionState = { ...LIVE, pingAt: NOW + 50_000 };
    expect(nextTick(live, GATEWAY_LIMITS)).toBe(NOW + 35_000);
    expect(describeStep(live, { type: "tick", at: NOW + 35_000 })).toBe("closed: close 4000");
    const heard = step(live, { type: "unknown-frame", at: NOW + 1 });
    expect(describeStep(heard, { type: "tick", at: NOW + 35_000 })).toBe("live");
  });

  it("[V4] a connection outlives its token by thirty seconds", () => {
    const state = { ...LIVE, heardAt: NOW + 149_000, pingAt: NOW + 150_000, renewAt: Infinity };
    expect(describeStep(state, { type: "tick", at: NOW + 149_999 })).toBe("live");
    expect(describeStep(state, { type: "tick", at: NOW + 150_000 })).toBe("closed: close 4200");
  });
});

describe("fresh tokens", () => {
  it.each([
    ["an hour", 3_600_000, 3_540_000],
    ["61 seconds", 61_000, 1_000],
    ["60 seconds", 60_000, 30_000],
    ["ten seconds", 10_000, 5_000],
    ["no time, within the tolerance of clocks", -2_000, 0],
  ])("[V4] one that is good for %s is asked for in time", (_case, remainingMs, afterMs) => {
    const authenticated: SessionInput = {
      type: "authenticated",
      remainingMs,
      fraction: 0.99,
      at: NOW,
    };
    expect(step(STATES.authenticating, authenticated)).toMatchObject({
      renewAt: NOW + afterMs,
      tokenEndsAt: NOW + remainingMs,
    });
    expect(step(LIVE, { type: "renewed", remainingMs, user: "same", at: NOW })).toMatchObject({
      renewAt: NOW + afterMs,
      tokenEndsAt: NOW + remainingMs,
    });
  });

  it("[V4] the client is asked once", () => {
    const due: SessionState = { ...LIVE, pingAt: NOW + 20_000, renewAt: NOW };
    expect(nextTick(due, GATEWAY_LIMITS)).toBe(NOW);
    expect(describeStep(due, { type: "tick", at: NOW })).toBe("live: ask-token");
    const asked = step(due, { type: "tick", at: NOW });
    expect(describeStep(asked, { type: "tick", at: NOW + 1 })).toBe("live");
  });

  it("[V4] one of another user closes with 4501", () => {
    const other: SessionInput = { type: "renewed", remainingMs: 60_000, user: "other", at: NOW };
    expect(describeStep(LIVE, other)).toBe("closed: close 4501");
  });

  it("[V4] one that is refused leaves the end of the old one as it was", () => {
    expect(step(LIVE, { type: "renewal-refused", at: NOW + 5 })).toEqual(LIVE);
  });

  it("[V4] a flood of them is verified one at a time; of those that wait, the newest", () => {
    const first = step(LIVE, { type: "auth", at: NOW });
    expect(describeStep(first, { type: "auth", at: NOW })).toBe("live");
    const flooded = step(step(first, { type: "auth", at: NOW }), { type: "auth", at: NOW });
    expect(describeStep(flooded, INPUTS.renewed)).toBe("live: renew");
    expect(describeStep(flooded, INPUTS["renewal-refused"])).toBe("live: refuse-token, renew");
    expect(describeStep(step(flooded, INPUTS.renewed), INPUTS.renewed)).toBe("live");
  });
});

describe("bad frames", () => {
  it("[W4] the tenth bad frame within a minute closes the connection", () => {
    let state: SessionState = STATES.live;
    for (let count = 1; count <= 9; count += 1) {
      state = step(state, { type: "bad-frame", at: NOW + count });
      expect(state.phase).toBe("live");
    }
    expect(describeStep(state, { type: "bad-frame", at: NOW + 59_999 })).toBe(
      "closed: refuse-frame, close 4503",
    );
  });

  it("[W4] bad frames older than a minute are forgotten", () => {
    let state: SessionState = STATES.live;
    for (let count = 1; count <= 9; count += 1) {
      state = step(state, { type: "bad-frame", at: NOW });
    }
    expect(describeStep(state, { type: "bad-frame", at: NOW + 60_000 })).toBe("live: refuse-frame");
  });
});
