import { describe, expect, it } from "vitest";
import { ChatError } from "../errors.js";
import { sampleId } from "../testing/sample-log.js";
import { SeededRandom } from "../testing/seeded-random.js";
import {
  isUnanswered,
  type OutboxDraft,
  type OutboxEntry,
  type OutboxProgress,
} from "./outbox-entry.js";
import {
  EMPTY_OUTBOX,
  stepOutbox,
  type OutboxEffect,
  type OutboxInput,
  type OutboxState,
  type OutboxStep,
} from "./outbox.machine.js";

type Status = OutboxProgress["status"];

function draft(number: number, change: Partial<OutboxDraft> = {}): OutboxDraft {
  const id = sampleId(number);
  const frame = JSON.stringify({ t: "op", id });
  const fixed = { room: "lobby", body: "hi", format: "text", since: 1, at: 1 } as const;
  return { id, frame, bytes: frame.length, ...fixed, ...change };
}

const FAILED = new ChatError("forbidden", "unable to send the message; no");
const PROGRESS: { readonly [Name in Status]: Extract<OutboxProgress, { status: Name }> } = {
  queued: { status: "queued" },
  sent: { status: "sent" },
  acked: { status: "acked", seq: 5, at: 9 },
  failed: { status: "failed", error: FAILED },
};

const FIRST = draft(1);

/** A live outbox with one op in the given state. */
function withOne(status: Status): OutboxState {
  const wasSent = status !== "queued";
  const entry: OutboxEntry = {
    ...FIRST,
    progress: PROGRESS[status],
    wasSent,
    isOld: false,
    strikes: 0,
  };
  return { entries: [entry], windowMaxOps: status === "queued" ? 0 : 32 };
}

const INPUTS = {
  add: { t: "add", draft: draft(2) },
  retry: { t: "retry", id: FIRST.id, draft: draft(2) },
  discard: { t: "discard", id: FIRST.id },
  connected: { t: "connected", windowMaxOps: 32 },
  disconnected: { t: "disconnected" },
  oversized: { t: "oversized" },
  ack: { t: "ack", room: "lobby", id: FIRST.id, seq: 5, at: 9 },
  nack: { t: "nack", room: "lobby", id: FIRST.id, code: "muted" },
  reached: { t: "reached", room: "lobby", seq: 5 },
  "caught-up": { t: "caught-up", room: "lobby" },
  unwatched: { t: "unwatched", room: "lobby" },
} satisfies { [Name in OutboxInput["t"]]: Extract<OutboxInput, { t: Name }> };

/** The ops afterwards by status, then the effects. */
const TABLE: Record<Status, Record<OutboxInput["t"], string>> = {
  queued: {
    add: "queued queued",
    retry: "queued | refused",
    discard: "| settled",
    connected: "sent | transmit",
    disconnected: "queued",
    oversized: "queued",
    ack: "acked | settled",
    nack: "failed | settled",
    reached: "queued",
    "caught-up": "queued",
    unwatched: "queued",
  },
  sent: {
    add: "sent sent | transmit",
    retry: "sent | refused",
    discard: "sent | refused",
    connected: "sent | transmit",
    disconnected: "queued",
    oversized: "sent",
    ack: "acked | settled",
    nack: "failed | settled",
    reached: "sent",
    "caught-up": "sent",
    unwatched: "sent",
  },
  acked: {
    add: "acked sent | transmit",
    retry: "acked | refused",
    discard: "acked | refused",
    connected: "acked",
    disconnected: "acked",
    oversized: "acked",
    ack: "acked",
    nack: "acked",
    reached: "",
    "caught-up": "acked",
    unwatched: "",
  },
  failed: {
    add: "failed sent | transmit",
    retry: "sent | transmit",
    discard: "",
    connected: "failed",
    disconnected: "failed",
    oversized: "failed",
    ack: "",
    nack: "failed",
    reached: "failed",
    "caught-up": "failed",
    unwatched: "failed",
  },
};

function describeStep({ state, effects }: OutboxStep): string {
  const statuses = state.entries.map((entry) => entry.progress.status).join(" ");
  const types = effects.map((effect) => effect.type).join(" ");
  return [statuses, types && `| ${types}`].filter(Boolean).join(" ");
}

function run(state: OutboxState, ...inputs: readonly OutboxInput[]) {
  const effects: OutboxEffect[] = [];
  let current = state;
  for (const input of inputs) {
    const step = stepOutbox(current, input);
    current = step.state;
    effects.push(...step.effects);
  }
  const sent = effects.flatMap((effect) => (effect.type === "transmit" ? [effect.frames] : []));
  return { state: current, effects, sent };
}

const adds = (count: number, first = 1): readonly OutboxInput[] =>
  Array.from({ length: count }, (_, index) => ({ t: "add", draft: draft(first + index) }));
const frames = (...numbers: readonly number[]): readonly string[] =>
  numbers.map((number) => draft(number).frame);
const ack = (number: number, seq = number): OutboxInput => ({
  ...{ t: "ack", room: "lobby", id: sampleId(number), seq, at: 1 },
});
const nack = (number: number): OutboxInput => ({ ...INPUTS.nack, id: sampleId(number) });
const live: OutboxInput = { t: "connected", windowMaxOps: 32 };
const cut: OutboxInput = { t: "disconnected" };

describe("stepOutbox", () => {
  for (const status of Object.keys(TABLE) as Status[]) {
    for (const name of Object.keys(INPUTS) as OutboxInput["t"][]) {
      const expected = TABLE[status][name];
      it(`${name} with one op ${status}: ${expected || "empty"}`, () => {
        expect(describeStep(stepOutbox(withOne(status), INPUTS[name]))).toBe(expected);
      });
    }
  }
});

describe("sending", () => {
  it("[O6] sends in order, pipelined, without waiting for answers", () => {
    expect(run(EMPTY_OUTBOX, ...adds(3), live).sent).toEqual([frames(1, 2, 3)]);
    expect(run(EMPTY_OUTBOX, live, ...adds(2)).sent).toEqual([frames(1), frames(2)]);
  });

  it("[O6] has at most the window under way, and the next goes when an answer comes", () => {
    const small: OutboxInput = { t: "connected", windowMaxOps: 2 };
    const { state, sent } = run(EMPTY_OUTBOX, ...adds(5), small);
    expect(sent).toEqual([frames(1, 2)]);
    expect(run(state, ack(1)).sent).toEqual([frames(3)]);
    expect(run(state, nack(1), ack(2)).sent).toEqual([frames(3), frames(4)]);
  });

  it("[O6] after each welcome it sends from the first unanswered op", () => {
    const { sent } = run(EMPTY_OUTBOX, live, ...adds(4), ack(1), nack(3), cut, live);
    expect(sent.at(-1)).toEqual(frames(2, 4));
  });

  it("[O1] sends the same bytes again, under the same id", () => {
    const { sent } = run(EMPTY_OUTBOX, ...adds(1), live, cut, live, cut, live);
    expect(sent).toEqual([frames(1), frames(1), frames(1)]);
  });

  it("[O8] an op that was sent waits for its answer, however long", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(1));
    const inputs = Object.values(INPUTS).filter(({ t }) => !["ack", "nack", "discard"].includes(t));
    const others = inputs.map((input) => ("room" in input ? { ...input, room: "other" } : input));
    const left = run(state, ...others).state.entries.find((entry) => entry.id === sampleId(1));
    expect(left?.progress.status).toMatch(/queued|sent/);
  });

  it("[O6] a refused op may be passed by later ones", () => {
    const { sent } = run(EMPTY_OUTBOX, live, ...adds(2), nack(1), ...adds(1, 3));
    expect(sent).toEqual([frames(1), frames(2), frames(3)]);
  });
});

describe("answers", () => {
  it("[O7] the first of ack and own event settles an op, the second changes nothing", () => {
    const { effects } = run(EMPTY_OUTBOX, live, ...adds(1), ack(1, 7), ack(1, 7), nack(1));
    const settled = effects.filter((effect) => effect.type === "settled");
    expect(settled).toMatchObject([{ outcome: { status: "acked", seq: 7 } }]);
  });

  it("[B3] an acked op stays until the cursor reaches its seq", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(2), ack(1, 8), ack(2, 9));
    const reached = (seq: number) => run(state, { t: "reached", room: "lobby", seq }).state.entries;
    expect(reached(7)).toHaveLength(2);
    expect(reached(8).map((entry) => entry.id)).toEqual([sampleId(2)]);
    expect(reached(9)).toEqual([]);
    expect(run(state, { t: "reached", room: "other", seq: 99 }).state.entries).toHaveLength(2);
  });

  it("[B3] what was acked on an earlier connection goes when the room has caught up", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(1), ack(1, 8), cut, live);
    const fresh = run(state, ...adds(1, 2), ack(2, 9)).state;
    const caughtUp = run(fresh, { t: "caught-up", room: "lobby" });
    expect(caughtUp.state.entries.map((entry) => entry.id)).toEqual([sampleId(2)]);
  });

  it("[B2] a refused op keeps its text, with the reason", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(1), nack(1));
    expect(state.entries).toMatchObject([
      { body: "hi", progress: { status: "failed", error: { code: "muted" } } },
    ]);
  });

  it("[B2] a retry takes the end of the queue under a new id", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(2), nack(1));
    const again = run(state, { t: "retry", id: sampleId(1), draft: draft(9) });
    expect(again.state.entries.map((entry) => entry.id)).toEqual([sampleId(2), sampleId(9)]);
    expect(again.sent).toEqual([frames(9)]);
  });

  it("[O2] only what failed or was never handed to a socket can be discarded", () => {
    const queued = run(EMPTY_OUTBOX, ...adds(1), { t: "discard", id: sampleId(1) });
    expect(queued.state.entries).toEqual([]);
    expect(queued.effects).toMatchObject([{ outcome: { error: { code: "cancelled" } } }]);
    const cutOff = run(EMPTY_OUTBOX, live, ...adds(1), cut, { t: "discard", id: sampleId(1) });
    expect(cutOff.state.entries).toHaveLength(1);
    expect(cutOff.effects.at(-1)).toMatchObject({ type: "refused", error: { code: "conflict" } });
  });
});

describe("messages too large for somebody on the way", () => {
  const oversized: OutboxInput = { t: "oversized" };

  it("the second time the first unanswered op is given up as too large", () => {
    const once = run(EMPTY_OUTBOX, ...adds(2), live, oversized, cut);
    expect(once.state.entries.map((entry) => entry.progress.status)).toEqual(["queued", "queued"]);
    const twice = run(once.state, live, oversized, cut);
    expect(twice.state.entries[0]?.progress).toMatchObject({ error: { code: "too_large" } });
    expect(run(twice.state, live).sent).toEqual([frames(2)]);
  });

  it("a suspect goes alone, and the others follow when it is answered", () => {
    const { state } = run(EMPTY_OUTBOX, ...adds(3), live, oversized, cut);
    const again = run(state, live);
    expect(again.effects).toEqual([{ type: "transmit", frames: frames(1), isAlone: true }]);
    expect(run(again.state, ack(1)).sent).toEqual([frames(2, 3)]);
  });

  it("nobody is suspected when nothing was sent on that connection", () => {
    const { state } = run(EMPTY_OUTBOX, ...adds(1), live, cut, oversized, oversized, oversized);
    expect(state.entries[0]).toMatchObject({ strikes: 0, progress: { status: "queued" } });
  });
});

describe("limits", () => {
  it("[B5] takes 500 ops, and what was acked does not count", () => {
    const { state } = run(EMPTY_OUTBOX, ...adds(500));
    const full = run(state, ...adds(1, 501));
    expect(full.state).toBe(state);
    expect(full.effects).toMatchObject([{ type: "refused", error: { code: "outbox_full" } }]);
    expect(run(state, ack(1), ...adds(1, 501)).state.entries).toHaveLength(501);
  });

  it("[B5] takes 5 MiB", () => {
    const big = draft(1, { bytes: 5 * 1024 * 1024 - FIRST.bytes });
    const { state } = run(EMPTY_OUTBOX, { t: "add", draft: big }, ...adds(1, 2));
    expect(state.entries).toHaveLength(2);
    expect(run(state, ...adds(1, 3)).state.entries).toHaveLength(2);
  });

  it("[B5] a retry always finds its place", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(500), nack(1));
    const again = run(state, { t: "retry", id: sampleId(1), draft: draft(501) });
    expect(again.state.entries).toHaveLength(500);
  });
});

describe("laws", () => {
  it("[O6] a connection is handed the unanswered ops in order, each once", () => {
    const random = new SeededRandom("outbox");
    let state = EMPTY_OUTBOX;
    let added = 0;
    let handedOver: string[] = [];
    for (let round = 0; round < 4_000; round += 1) {
      const unanswered = state.entries.filter(isUnanswered);
      const oldest = unanswered[0]?.id ?? sampleId(0);
      const input = random.pick<OutboxInput>([
        { t: "add", draft: draft(added + 1) },
        random.chance(0.5) ? live : cut,
        { t: "ack", room: "lobby", id: oldest, seq: round, at: 1 },
        { t: "nack", room: "lobby", id: oldest, code: "muted" },
        { t: "reached", room: "lobby", seq: round },
      ]);
      if (input.t === "add") added += 1;
      if (input.t === "connected" || input.t === "disconnected") handedOver = [];
      const result = run(state, input);
      state = result.state;
      handedOver.push(...result.sent.flat());

      const owed = state.entries.filter(isUnanswered).map((entry) => entry.frame);
      const isLive = state.windowMaxOps > 0;
      const underWay = handedOver.filter((frame) => owed.includes(frame));
      expect(underWay).toEqual(owed.slice(0, isLive ? 32 : 0));
      expect(new Set(handedOver).size).toBe(handedOver.length);
    }
    expect(added).toBeGreaterThan(500);
  });
});
