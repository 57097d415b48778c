import { describe, expect, it } from "vitest";
import { LIMITS } from "../protocol/limits.js";
import { sampleId } from "../testing/sample-log.js";
import {
  runOutbox as run,
  runOutboxAt as runAt,
  SAMPLE_NOW as NOW,
  sampleAsking as asking,
  sampleDraft as draft,
  sampleRecord as record,
} from "../testing/sample-outbox.js";
import { SeededRandom } from "../testing/seeded-random.js";
import { isUnanswered } from "./outbox-entry.js";
import type { KeptEntry } from "./kept-entry.js";
import { EMPTY_OUTBOX, stepOutbox } from "./outbox.machine.js";
import type { OutboxInput, OutboxState } from "./outbox-step.js";

const FIRST = draft(1);
const adds = (count: number, first = 1): readonly OutboxInput[] =>
  Array.from({ length: count }, (_, index) => ({ t: "add", draft: draft(first + index) }));
const frames = (...numbers: readonly number[]): readonly string[] =>
  numbers.map((number) => draft(number).frame);
const fence = (number: number): string =>
  JSON.stringify({ t: "op", room: "lobby", id: sampleId(number), k: "fence" });
const ack = (number: number, seq = number): OutboxInput => ({
  ...{ t: "ack", room: "lobby", id: sampleId(number), seq, at: 1 },
});
const nack = (number: number, code: "muted" | "cancelled" = "muted"): OutboxInput => ({
  t: "nack",
  room: "lobby",
  id: sampleId(number),
  code,
});
const discard = (number: number): OutboxInput => ({ t: "discard", id: sampleId(number) });
const live: OutboxInput = { t: "connected", windowMaxOps: 32 };
const cut: OutboxInput = { t: "disconnected" };
const idsOf = ({ entries }: OutboxState): readonly string[] => entries.map((entry) => entry.id);

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
    const others: readonly OutboxInput[] = [
      ...adds(1, 2),
      { t: "kept", ids: [sampleId(1)] },
      { t: "oversized" },
      cut,
      live,
      ack(9),
      { t: "reached", room: "lobby", seq: 99 },
      { t: "caught-up", room: "lobby" },
      { t: "unwatched", room: "lobby" },
    ];
    const left = runAt(NOW + LIMITS.opMaxAgeMs, "at once", state, ...others).state.entries.find(
      (entry) => entry.id === sampleId(1),
    );
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
      { op: { body: "hi" }, progress: { status: "failed", error: { code: "muted" } } },
    ]);
  });

  it("[B2] a retry takes the end of the queue under a new id", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(2), nack(1));
    const again = run(state, { t: "retry", id: sampleId(1), draft: draft(9) });
    expect(again.state.entries.map((entry) => entry.id)).toEqual([sampleId(2), sampleId(9)]);
    expect(again.sent).toEqual([frames(9)]);
  });

  it("[B2] of a refused reaction only the news remains, of a refused edit its words", () => {
    const ops = [
      asking(1, { k: "react", emoji: "x" }),
      asking(2, { k: "edit", body: "better" }),
      asking(3, { k: "del" }),
      asking(4, { k: "pin" }),
    ];
    const inputs = ops.map((it): OutboxInput => ({ t: "add", draft: it }));
    const { state, effects } = run(
      EMPTY_OUTBOX,
      live,
      ...inputs,
      ...[1, 2, 3, 4].map((n) => nack(n)),
    );
    expect(idsOf(state)).toEqual([sampleId(2)]);
    const told = effects.filter((effect) => effect.type === "settled");
    expect(told).toMatchObject(
      ops.map(({ id }) => ({ entry: { id }, outcome: { status: "failed" } })),
    );
  });

  it("[B2] a message that is retried takes its refused edits with it", () => {
    const edit: OutboxInput = {
      t: "add",
      draft: asking(2, { k: "edit", body: "better", target: sampleId(1) }),
    };
    const { state } = run(EMPTY_OUTBOX, live, ...adds(1), edit, nack(1), nack(2));
    expect(idsOf(state)).toEqual([1, 2].map(sampleId));
    const again = run(state, { t: "retry", id: sampleId(1), draft: draft(9) });
    expect(idsOf(again.state)).toEqual([sampleId(9)]);
    expect(again.effects).toContainEqual({ type: "forget", ids: [1, 2].map(sampleId) });
  });
});

describe("writing before sending", () => {
  it("[B1] nothing is sent before it is written, nor past what is not", () => {
    const { state, sent } = runAt(NOW, "never", EMPTY_OUTBOX, live, ...adds(3));
    expect(sent).toEqual([]);
    const some = run(state, { t: "kept", ids: [sampleId(1), sampleId(3)] });
    expect(some.sent).toEqual([frames(1)]);
    expect(run(some.state, { t: "kept", ids: [sampleId(2)] }).sent).toEqual([frames(2, 3)]);
  });

  it("[O11] the record says that it may have been sent before it is", () => {
    const offline = run(EMPTY_OUTBOX, ...adds(1));
    expect(offline.effects).toMatchObject([{ type: "keep", entries: [{ wasSent: false }] }]);
    const online = runAt(NOW, "never", offline.state, live);
    expect(online.effects).toMatchObject([{ type: "keep", entries: [{ wasSent: true }] }]);
    expect(run(online.state, { t: "kept", ids: [sampleId(1)] }).sent).toEqual([frames(1)]);
  });

  it("[B1] two writes of one op are waited for both", () => {
    const { state } = runAt(NOW, "never", EMPTY_OUTBOX, ...adds(1), live);
    const once = run(state, { t: "kept", ids: [sampleId(1)] });
    expect(once.sent).toEqual([]);
    expect(run(once.state, { t: "kept", ids: [sampleId(1)] }).sent).toEqual([frames(1)]);
  });

  it("[B1] what was left is sent before one's own that never was, in its order, once", () => {
    const left = [record(7), record(1), record(8, { code: "muted" }), record(9)];
    const kept = { t: "kept", ids: [sampleId(1), sampleId(2)] } as const;
    const waiting = [...adds(2), kept, { t: "adopted", entries: left }] as const;
    const { state, sent } = run(EMPTY_OUTBOX, ...waiting, live, kept);
    expect(sent.flat()).toEqual(frames(7, 9, 1, 2));
    expect(state.entries.map((entry) => entry.progress.status)).toEqual([
      "sent",
      "failed",
      "sent",
      "sent",
      "sent",
    ]);
  });

  it("[B1] what was left is sent after what was handed to a socket already", () => {
    const kept = { t: "kept", ids: [sampleId(1)] } as const;
    const handed = run(EMPTY_OUTBOX, live, ...adds(1), kept);
    expect(handed.sent).toEqual([frames(1)]);
    const adopted = { t: "adopted", entries: [record(7)] } as const;
    const { sent } = run(handed.state, { t: "disconnected" }, ...adds(1, 2), adopted, live);
    expect(sent.flat()).toEqual(frames(1, 7, 2));
  });

  it("[B1] a record that cannot be read harms nobody", () => {
    const broken = [record(7, { frame: "{" }), record(8, { frame: "null" }), record(9)];
    expect(run(EMPTY_OUTBOX, { t: "adopted", entries: broken }, live).sent).toEqual([frames(9)]);
  });

  it("[B1] a record is given up when the op leaves the outbox, not before", () => {
    const { effects, state } = run(EMPTY_OUTBOX, live, ...adds(1), ack(1, 8));
    expect(effects.filter((effect) => effect.type === "forget")).toEqual([]);
    const reached = run(state, { t: "reached", room: "lobby", seq: 8 });
    expect(reached.effects).toEqual([{ type: "forget", ids: [sampleId(1)] }]);
  });
});

describe("taking back", () => {
  it("[O11] what was never handed to a socket is gone at once", () => {
    const { state, effects, sent } = run(EMPTY_OUTBOX, ...adds(1), discard(1), live);
    expect(state.entries).toEqual([]);
    expect(sent).toEqual([]);
    expect(effects).toContainEqual(
      expect.objectContaining({
        outcome: expect.objectContaining({ status: "failed" }) as unknown,
      }),
    );
    expect(effects).toContainEqual({ type: "forget", ids: [sampleId(1)] });
  });

  it("[O11] a fence takes the op's place, also on the connection that had the op", () => {
    const fenced = run(EMPTY_OUTBOX, live, ...adds(3), discard(2));
    expect(fenced.sent.at(-1)).toEqual([fence(2)]);
    const again = run(fenced.state, cut, live);
    expect(again.sent).toEqual([[frames(1)[0], fence(2), frames(3)[0]]]);
  });

  it("[O11] a fence is written before it is sent, and is still one in another tab", () => {
    const { state, effects } = runAt(
      NOW,
      "never",
      run(EMPTY_OUTBOX, live, ...adds(1)).state,
      discard(1),
    );
    const [effect] = effects;
    if (effect?.type !== "keep") throw new Error("nothing was written");
    expect(effect.entries).toMatchObject([{ isCancelled: true, frame: FIRST.frame }]);
    expect(run(state, { t: "kept", ids: [FIRST.id] }).sent).toEqual([[fence(1)]]);
    const elsewhere = run(EMPTY_OUTBOX, { t: "adopted", entries: effect.entries }, live);
    expect(elsewhere.sent).toEqual([[fence(1)]]);
  });

  it("[O11] refused in time it is gone, acknowledged it was too late", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(1), discard(1));
    const refused = run(state, nack(1, "cancelled"));
    expect(refused.state.entries).toEqual([]);
    expect(refused.effects).toMatchObject([
      { type: "settled", outcome: { error: { code: "cancelled" } } },
      { type: "forget" },
    ]);
    const late = run(state, ack(1, 4)).state.entries;
    expect(late).toMatchObject([{ progress: { status: "acked", seq: 4 } }]);
    expect(late[0]?.fence).toBeUndefined();
  });

  it("[O11] what a tab that is gone may have sent can only be taken back by the server", () => {
    const maybe = run(EMPTY_OUTBOX, { t: "adopted", entries: [record(1)] }, discard(1));
    expect(maybe.state.entries).toMatchObject([{ fence: "cancelled" }]);
    const never = record(1, { wasSent: false });
    expect(run(EMPTY_OUTBOX, { t: "adopted", entries: [never] }, discard(1)).state.entries).toEqual(
      [],
    );
  });
});

describe("age", () => {
  const later = NOW + LIMITS.opMaxAgeMs + 1;

  it("[B5] an op that is too old is fenced where it would be sent, and its text is kept", () => {
    const { state } = run(EMPTY_OUTBOX, live, ...adds(1), cut, ...adds(1, 2));
    const fenced = runAt(later, "at once", state, live);
    expect(fenced.sent.flat()).toEqual([fence(1), fence(2)]);
    const { state: refused } = runAt(
      later,
      "at once",
      fenced.state,
      nack(1, "cancelled"),
      ack(2, 7),
    );
    expect(refused.entries).toMatchObject([
      { op: { body: "hi" }, progress: { status: "failed", error: { code: "expired" } } },
      { progress: { status: "acked", seq: 7 } },
    ]);
  });

  it("[B5] is not reached by a clock that jumps back, nor on the day itself", () => {
    const { state } = run(EMPTY_OUTBOX, ...adds(1));
    expect(runAt(NOW - LIMITS.opMaxAgeMs * 2, "at once", state, live).sent).toEqual([frames(1)]);
    expect(runAt(later - 1, "at once", state, live).sent).toEqual([frames(1)]);
  });

  it("[O4] [B5] is shorter than the server's memory of ops", () => {
    expect(LIMITS.eventMinAgeMs).toBeGreaterThan(LIMITS.opMaxAgeMs);
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

  it("[B1] [O11] what survives is what is owed, whenever the page ends", () => {
    for (let seed = 0; seed < 40; seed += 1) survives(new SeededRandom(`journal ${String(seed)}`));
  });
});

/**
 * A server that answers each op once and for ever, and a page that ends at any moment: whoever
 * finds its records ends every op, and none of those taken back before they were sent is stored.
 */
function survives(random: SeededRandom): void {
  const answers = new Map<string, "stored" | "refused">();
  const records = new Map<string, KeptEntry>();
  const withdrawn = new Set<string>();
  let state = EMPTY_OUTBOX;
  let added = 0;

  const step = (input: OutboxInput): void => {
    const queue = [input];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { state: after, effects } = stepOutbox(state, next, NOW);
      state = after;
      for (const effect of effects) {
        if (effect.type === "keep") {
          for (const record of effect.entries) records.set(record.id, record);
          queue.unshift({ t: "kept", ids: effect.entries.map(({ id }) => id) });
        }
        if (effect.type === "forget") for (const id of effect.ids) records.delete(id);
        if (effect.type === "transmit") effect.frames.forEach(serve);
      }
    }
  };
  const serve = (frame: string): void => {
    const { id, k } = JSON.parse(frame) as { id: string; k: string };
    if (random.chance(0.3)) return;
    answers.set(id, answers.get(id) ?? (k === "fence" ? "refused" : "stored"));
  };
  const answer = (id: string): void => {
    const outcome = answers.get(id);
    if (outcome === "stored") step({ t: "ack", room: "lobby", id, seq: 1, at: 1 });
    if (outcome === "refused") step({ t: "nack", room: "lobby", id, code: "cancelled" });
  };

  for (let round = 0; round < 80; round += 1) {
    const dice = random.integer(0, 5);
    const { id = "", wasSent = true } = random.pick([...state.entries, undefined]) ?? {};
    if (dice === 0) step({ t: "add", draft: draft((added += 1)) });
    if (dice === 1) step(random.chance(0.6) ? live : cut);
    if (dice === 2 && id) {
      if (!wasSent) withdrawn.add(id);
      step({ t: "discard", id });
    }
    if (dice === 3 && state.windowMaxOps > 0) answer(id);
    if (dice === 4) step({ t: "reached", room: "lobby", seq: 1 });
    if (dice === 5 && random.chance(0.3)) {
      state = EMPTY_OUTBOX;
      step({ t: "adopted", entries: [...records.values()] });
    }
    const owed = state.entries.map((entry) => entry.id).sort();
    expect([...records.keys()].sort()).toEqual(owed);
  }
  for (let round = 0; round < 40 && state.entries.some(isUnanswered); round += 1) {
    step(cut);
    step(live);
    for (const { id } of state.entries) answer(id);
  }
  expect(state.entries.filter(isUnanswered)).toEqual([]);
  for (const id of withdrawn) expect(answers.get(id)).not.toBe("stored");
}
