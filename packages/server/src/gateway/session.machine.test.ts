import { describe, expect, it } from "vitest";
import { GATEWAY_LIMITS } from "./gateway-limits.js";
import {
  nextTick,
  openSession,
  stepSession,
  type SessionInput,
  type SessionState,
} from "./session.machine.js";

type Phase = SessionState["phase"];
type Row = Record<SessionInput["type"], string>;

const NOW = 100_000;

const STATES: Record<Phase, SessionState> = {
  "awaiting-hello": { phase: "awaiting-hello", deadline: NOW },
  authenticating: { phase: "authenticating", deadline: NOW },
  live: { phase: "live", heardAt: NOW, pingAt: NOW, expiresAt: NOW + 60_000, badFrames: [] },
  draining: { phase: "draining" },
  closed: { phase: "closed" },
};

const INPUTS: Record<SessionInput["type"], SessionInput> = {
  hello: { type: "hello", version: 1, at: NOW },
  frame: { type: "frame", at: NOW },
  "unknown-frame": { type: "unknown-frame", at: NOW },
  "bad-frame": { type: "bad-frame", at: NOW },
  unreadable: { type: "unreadable", at: NOW },
  oversized: { type: "oversized", at: NOW },
  authenticated: { type: "authenticated", remainingMs: 60_000, fraction: 0.5, at: NOW },
  refused: { type: "refused", reason: "invalid", at: NOW },
  tick: { type: "tick", at: NOW },
  "storage-failed": { type: "storage-failed", at: NOW },
  slow: { type: "slow", at: NOW },
  replaced: { type: "replaced", at: NOW },
  failed: { type: "failed", at: NOW },
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
    drain: "closed: bye, close 4300",
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
    drain: "closed: bye, close 4300",
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
    drain: "draining: bye",
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
  },
};

function step(state: SessionState, input: SessionInput): SessionState {
  return stepSession(state, input, GATEWAY_LIMITS).state;
}

function describeStep(state: SessionState, input: SessionInput): string {
  const { state: next, effects } = stepSession(state, input, GATEWAY_LIMITS);
  const done = effects.map((effect) =>
    effect.type === "close" ? `close ${String(effect.code)}` : effect.type,
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
    const live: SessionState = {
      phase: "live",
      heardAt: NOW,
      pingAt: NOW + 50_000,
      expiresAt: NOW + 90_000,
      badFrames: [],
    };
    expect(nextTick(live, GATEWAY_LIMITS)).toBe(NOW + 35_000);
    expect(describeStep(live, { type: "tick", at: NOW + 35_000 })).toBe("closed: close 4000");
    const heard = step(live, { type: "unknown-frame", at: NOW + 1 });
    expect(describeStep(heard, { type: "tick", at: NOW + 35_000 })).toBe("live");
  });

  it("[V4] a connection outlives its token by thirty seconds", () => {
    const live = step(STATES.authenticating, { ...INPUTS.authenticated, at: NOW });
    const lively = { ...live, heardAt: NOW + 89_000, pingAt: NOW + 95_000 } as SessionState;
    expect(describeStep(lively, { type: "tick", at: NOW + 89_999 })).toBe("live");
    expect(describeStep(lively, { type: "tick", at: NOW + 90_000 })).toBe("closed: close 4200");
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
