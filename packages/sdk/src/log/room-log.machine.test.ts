import { describe, expect, it } from "vitest";
import type { MsgEvent } from "../protocol/events.js";
import { SampleLog } from "../testing/sample-log.js";
import type {
  KeptWindow,
  RoomLogInput,
  RoomLogState,
  RoomLogStatus,
  RoomLogStep,
} from "./room-log-step.js";
import { stepRoomLog, UNKNOWN_ROOM_LOG } from "./room-log.machine.js";

const NOW = 1_000_000;
const REF = 7;
const FRESH = 8;

/** Ten messages, of which the client holds all; the eleventh is the next. */
const log = new SampleLog();
log.appendMany(10);
const SNAPSHOT = log.reset(REF);
const HELD = held(SNAPSHOT);
const NEXT = log.append();
const LATER = log.append();

function held(frame: typeof SNAPSHOT): RoomLogState {
  const asked = step({ ...UNKNOWN_ROOM_LOG, status: "offline" }, { t: "subscribe" }, NOW, REF);
  return { ...step(asked.state, frame).state, knownHead: 0 };
}

/** What an earlier page kept of the room. */
const KEPT: KeptWindow = {
  cursor: { epoch: log.epoch, seq: 5, chain: log.chain(5) },
  rows: log.rows(2, 5),
  hasOlder: true,
  capabilities: ["msg.read"],
};

const STATES: Record<RoomLogStatus, RoomLogState> = {
  closed: { ...HELD, status: "closed" },
  offline: { ...HELD, status: "offline" },
  awaiting: { ...HELD, status: "awaiting" },
  "catching-up": HELD,
  live: { ...HELD, status: "live" },
  gapped: { ...HELD, status: "gapped" },
  failed: { ...HELD, status: "failed" },
};

const INPUTS = {
  follow: { t: "follow" },
  unfollow: { t: "unfollow" },
  subscribe: { t: "subscribe" },
  disconnected: { t: "disconnected" },
  replay: log.replay(REF, 10),
  reset: SNAPSHOT,
  ev: NEXT,
  synced: { ...log.synced(REF), head: 10, chain: log.chain(10) },
  head: { t: "head", seq: 10, chain: log.chain(10) },
  error: { t: "error", code: "not_found", room: "lobby", ref: REF },
  page: { t: "page", page: { ...log.page(1), asOf: 10, hasMore: true }, before: 1 },
  restored: { t: "restored", window: KEPT },
  tick: { t: "tick" },
} satisfies { [Name in RoomLogInput["t"]]: Extract<RoomLogInput, { t: Name }> };

/** The next status and the effects; the same status without effects and change is a dot. */
const TABLE: Record<RoomLogStatus, Record<RoomLogInput["t"], string>> = {
  closed: {
    follow: "offline",
    unfollow: "closed",
    subscribe: ".",
    disconnected: ".",
    replay: ".",
    reset: ".",
    ev: ".",
    synced: ".",
    head: ".",
    error: ".",
    page: "closed",
    restored: ".",
    tick: ".",
  },
  offline: {
    follow: ".",
    unfollow: "closed",
    subscribe: "awaiting subscribe",
    disconnected: "offline",
    replay: ".",
    reset: ".",
    ev: ".",
    synced: ".",
    head: ".",
    error: ".",
    page: "offline",
    restored: ".",
    tick: ".",
  },
  awaiting: {
    follow: ".",
    unfollow: "closed unsubscribe",
    subscribe: "awaiting subscribe",
    disconnected: "offline",
    replay: "catching-up",
    reset: "catching-up arrived caught-up discontinuity",
    ev: ".",
    synced: ".",
    head: ".",
    error: "failed",
    page: "awaiting",
    restored: ".",
    tick: ".",
  },
  "catching-up": {
    follow: ".",
    unfollow: "closed unsubscribe",
    subscribe: "awaiting subscribe",
    disconnected: "offline",
    replay: ".",
    reset: "catching-up arrived caught-up discontinuity",
    ev: "catching-up applied",
    synced: "live caught-up",
    head: ".",
    error: ".",
    page: "catching-up",
    restored: ".",
    tick: ".",
  },
  live: {
    follow: ".",
    unfollow: "closed unsubscribe",
    subscribe: "awaiting subscribe",
    disconnected: "offline",
    replay: ".",
    reset: "catching-up arrived caught-up discontinuity",
    ev: "live applied",
    synced: "live caught-up",
    head: "live",
    error: ".",
    page: "live",
    restored: ".",
    tick: ".",
  },
  gapped: {
    follow: ".",
    unfollow: "closed unsubscribe",
    subscribe: "awaiting subscribe",
    disconnected: "offline",
    replay: ".",
    reset: ".",
    ev: ".",
    synced: ".",
    head: ".",
    error: ".",
    page: "gapped",
    restored: ".",
    tick: "awaiting subscribe",
  },
  failed: {
    follow: ".",
    unfollow: "closed",
    subscribe: "awaiting subscribe",
    disconnected: "offline",
    replay: ".",
    reset: ".",
    ev: ".",
    synced: ".",
    head: ".",
    error: ".",
    page: "failed",
    restored: ".",
    tick: ".",
  },
};

function step(state: RoomLogState, input: RoomLogInput, now = NOW, freshRef = FRESH): RoomLogStep {
  return stepRoomLog(state, input, { now, freshRef });
}

function fold(state: RoomLogState, inputs: readonly RoomLogInput[]): RoomLogState {
  return inputs.reduce((last, input) => step(last, input).state, state);
}

function describeStep(before: RoomLogState, { state, effects }: RoomLogStep): string {
  if (state === before && effects.length === 0) return ".";
  return [state.status, ...effects.map((effect) => effect.type)].join(" ");
}

describe("stepRoomLog", () => {
  for (const status of Object.keys(TABLE) as RoomLogStatus[]) {
    for (const name of Object.keys(INPUTS) as RoomLogInput["t"][]) {
      const expected = TABLE[status][name];
      it(`${name} while ${status}: ${expected}`, () => {
        const state = STATES[status];
        expect(describeStep(state, step(state, INPUTS[name]))).toBe(expected);
      });
    }
  }
});

describe("subscriptions", () => {
  it("[L6] asks from the cursor, under a number that was never used", () => {
    const { effects } = step(STATES.offline, { t: "subscribe" });
    expect(effects).toEqual([{ type: "subscribe", ref: FRESH, cursor: HELD.cursor }]);
    const blank = step({ ...UNKNOWN_ROOM_LOG, status: "offline" }, { t: "subscribe" });
    expect(blank.effects).toEqual([{ type: "subscribe", ref: FRESH }]);
  });

  it("[L6] drops every frame of the room until the answer with its number", () => {
    const { awaiting } = STATES;
    const old = [log.replay(REF - 1, 10), log.reset(REF - 1), log.reset(undefined), NEXT];
    for (const frame of old) expect(step(awaiting, frame).state).toBe(awaiting);
    expect(fold(awaiting, [log.replay(REF, 10), NEXT]).cursor?.seq).toBe(11);
  });

  it("[L6] obeys a reset with its number even when the head is lower", () => {
    const restored = new SampleLog("lobby", "00000000000000bb");
    restored.appendMany(3);
    const { state } = step(STATES.awaiting, restored.reset(REF));
    expect(state.cursor).toEqual({ epoch: restored.epoch, seq: 3, chain: restored.chain() });
    expect(state.rows).toHaveLength(3);
  });

  it("[L6] obeys a reset of the server's own accord unless it waits for an answer", () => {
    const own = log.reset(undefined);
    expect(step(STATES.live, own).state).toMatchObject({ status: "live", cursor: { seq: 12 } });
    expect(step(STATES.awaiting, own).state).toBe(STATES.awaiting);
  });

  it("[L6] obeys a second snapshot with its number, as a line without a socket may get one", () => {
    const { state } = step(STATES.live, { ...log.reset(REF), why: "far" });
    expect(state).toMatchObject({ status: "catching-up", cursor: { seq: 12 } });
  });

  it("says why the server refused the room, and asks again on the next line", () => {
    const { state } = step(STATES.awaiting, INPUTS.error);
    expect(state.error).toMatchObject({ code: "not_found" });
    const again = fold(state, [{ t: "disconnected" }, { t: "subscribe" }]);
    expect(again).toMatchObject({ status: "awaiting", error: undefined });
  });

  it("takes a refusal without a number only while it waits", () => {
    const { ref: _ref, ...unnumbered } = INPUTS.error;
    expect(step(STATES.awaiting, unnumbered).state.status).toBe("failed");
    expect(step(STATES.live, unnumbered).state.status).toBe("live");
  });
});

describe("what an earlier page kept", () => {
  const blank: RoomLogState = { ...UNKNOWN_ROOM_LOG, status: "offline" };
  const restored: RoomLogInput = { t: "restored", window: KEPT };

  it("[B1] is shown, and caught up from its cursor", () => {
    const { state, effects } = step(blank, restored);
    expect(state).toEqual({ ...blank, ...KEPT });
    expect(effects).toEqual([]);
    const asked = step(state, { t: "subscribe" });
    expect(asked.effects).toMatchObject([{ type: "subscribe", cursor: KEPT.cursor }]);
  });

  it("[L6] does not come into the way of the answer to a question without a cursor", () => {
    const asked = fold(blank, [{ t: "subscribe" }, restored]);
    expect(asked.status).toBe("awaiting");
    expect(step(asked, log.reset(FRESH)).state.cursor?.seq).toBe(12);
  });
});

describe("acceptance", () => {
  it("[L7] applies the event after the cursor, with chain and row", () => {
    const { state, effects } = step(STATES.live, NEXT);
    expect(state.cursor).toEqual({ epoch: log.epoch, seq: 11, chain: log.chain(11) });
    expect(state.rows.at(-1)).toEqual(log.rows(10, 11)[0]);
    expect(effects).toEqual([{ type: "applied", event: NEXT }]);
  });

  it("[L7] ignores an event it has", () => {
    for (const event of log.events.slice(0, 10)) {
      expect(step(STATES.live, event)).toEqual({ state: STATES.live, effects: [] });
    }
  });

  it("[L7] an event beyond cursor + 1 opens a gap and nothing after it is applied", () => {
    const { state, effects } = step(STATES.live, LATER);
    expect(effects).toEqual([{ type: "subscribe", ref: FRESH, cursor: HELD.cursor }]);
    expect(fold(state, [NEXT, LATER]).cursor).toEqual(HELD.cursor);
    expect(fold(state, [log.replay(FRESH, 10), NEXT, LATER]).cursor?.seq).toBe(12);
  });

  it("[L7] asks again at most once in 2 s", () => {
    const asked = step(STATES.live, LATER).state;
    const refilled = fold(asked, [log.replay(FRESH, 10)]);
    const again = step(refilled, LATER, NOW + 1_999, FRESH + 1);
    expect(describeStep(refilled, again)).toBe("gapped");
    expect(step(again.state, NEXT).state).toBe(again.state);
    expect(describeStep(again.state, step(again.state, { t: "tick" }, NOW + 1_999))).toBe("gapped");
    const { effects } = step(again.state, { t: "tick" }, NOW + 2_000, FRESH + 1);
    expect(effects).toEqual([{ type: "subscribe", ref: FRESH + 1, cursor: HELD.cursor }]);
  });

  it("[W3] an event of unknown kind advances cursor and chain and shows nothing", () => {
    const { state, effects } = step(STATES.live, { ...NEXT, k: "dance" });
    expect(state.cursor).toMatchObject({ seq: 11, chain: log.chain(11) });
    expect(state.rows).toBe(STATES.live.rows);
    expect(effects).toMatchObject([{ type: "applied", event: { k: "dance" } }]);
  });
});

describe("reset", () => {
  it("[L8] replaces the window and tells so, but not for the first snapshot", () => {
    const far = new SampleLog();
    far.appendMany(700);
    const { state, effects } = step(STATES.awaiting, { ...far.reset(REF), why: "far" });
    expect(state.rows.map((row) => row.seq)).toEqual(Array.from({ length: 50 }, (_, i) => 651 + i));
    expect(state.hasOlder).toBe(true);
    expect(effects).toContainEqual({ type: "discontinuity", why: "far" });
    const first = step({ ...UNKNOWN_ROOM_LOG, status: "awaiting", ref: REF }, far.reset(REF));
    expect(first.effects.map((effect) => effect.type)).toEqual(["arrived", "caught-up"]);
  });

  it("[L8] puts the rows of a snapshot in order of seq", () => {
    const shuffled = { ...SNAPSHOT, messages: [...SNAPSHOT.messages].reverse() };
    expect(step(STATES.awaiting, shuffled).state.rows).toEqual(SNAPSHOT.messages);
  });
});

describe("comparing positions", () => {
  const head = (seq: number, chain = log.chain(seq)): RoomLogInput => ({ t: "head", seq, chain });

  it("[L9] asks again when the chain differs at the same seq", () => {
    const wrong = step(STATES.live, head(10, "ffffffffffffffff"));
    expect(describeStep(STATES.live, wrong)).toBe("awaiting subscribe");
    const synced = { ...INPUTS.synced, chain: "ffffffffffffffff" };
    const told = step(STATES["catching-up"], synced);
    expect(describeStep(HELD, told)).toBe("awaiting caught-up subscribe");
  });

  it("[L9] asks again when the head is ahead and nothing arrives for 5 s", () => {
    const { state } = step(STATES.live, head(12));
    expect(step(state, { t: "tick" }, NOW + 4_999).state).toBe(state);
    const { effects } = step(state, { t: "tick" }, NOW + 5_000);
    expect(effects).toEqual([{ type: "subscribe", ref: FRESH, cursor: HELD.cursor }]);
  });

  it("[L9] a line without a socket compares by being told again that all is synced", () => {
    const told = step(STATES.live, { ...log.synced(REF), head: 12, chain: log.chain(12) }).state;
    expect(step(told, { t: "tick" }, NOW + 5_000).effects).toHaveLength(1);
    const wrong = step(STATES.live, { ...INPUTS.synced, chain: "ffffffffffffffff" });
    expect(wrong.state.status).toBe("awaiting");
  });

  it("[L9] a repeated head does not put off the repair", () => {
    const first = step(STATES.live, head(12)).state;
    const second = step(first, head(12), NOW + 3_000).state;
    expect(step(second, { t: "tick" }, NOW + 5_000).effects).toHaveLength(1);
  });

  it("[L9] waits on while events arrive, and is content when the head is reached", () => {
    const told = step(STATES.live, head(12)).state;
    const moving = step(told, NEXT, NOW + 4_000).state;
    expect(step(moving, { t: "tick" }, NOW + 8_000).effects).toEqual([]);
    expect(step(moving, { t: "tick" }, NOW + 9_000).effects).toHaveLength(1);
    const there = step(moving, LATER, NOW + 8_000).state;
    expect(step(there, { t: "tick" }, NOW + 99_000).effects).toEqual([]);
  });

  it("[L9] a head behind the cursor is of the past", () => {
    const { state, effects } = step(STATES.live, head(9, "ffffffffffffffff"));
    expect(effects).toEqual([]);
    expect(step(state, { t: "tick" }, NOW + 9_000).effects).toEqual([]);
  });
});

describe("laws", () => {
  const long = new SampleLog();
  const events: readonly MsgEvent[] = long.appendMany(300);
  const empty = new SampleLog().reset(REF);
  const start: RoomLogState = { ...held(empty), status: "live" };

  it("[L11] applying everything twice is applying it once", () => {
    const doubled = events.flatMap((event) => [event, event, events[0] ?? event]);
    expect(fold(start, doubled)).toEqual(fold(start, events));
  });

  it("[L7] any split into snapshot, replay and live events gives the same rows", () => {
    const whole = fold(start, events);
    for (const cut of [0, 1, 150, 299, 300]) {
      const part = new SampleLog();
      part.appendMany(cut);
      const snapshot = step({ ...start, status: "awaiting" }, part.reset(REF, 300)).state;
      const caughtUp = fold(snapshot, events.slice(cut));
      expect(caughtUp.rows).toEqual(whole.rows);
      expect(caughtUp.cursor).toEqual(whole.cursor);
    }
  });

  it("[L10] keeps the last 128 applied events", () => {
    const { ring } = fold(start, events);
    expect(ring.map((event) => event.seq)).toEqual(Array.from({ length: 128 }, (_, i) => 173 + i));
  });
});
