import { describe, expect, it } from "vitest";
import type { TabOp, TabsInput, TabsState } from "./tabs-step.js";
import { nextTabsDeadline, stepTabs } from "./tabs.machine.js";

const ONE: TabOp = { id: "op-1", room: "lobby" };
const NOBODY: TabsState<TabOp> = {
  tabs: new Map(),
  ops: new Map(),
  own: new Set(),
  inLog: [],
};
const heard = { t: "heard", tab: "a" } as const;
const put = { t: "changed", tab: "a", put: [ONE], gone: [] } as const;
const settled = { t: "changed", tab: "a", put: [], gone: [["op-1", 7]] } as const;

/** The state after these inputs, each at the time of its place, in seconds. */
function run(...inputs: readonly (TabsInput<TabOp> | undefined)[]) {
  let state = NOBODY;
  const effects: unknown[] = [];
  for (const [index, input] of inputs.entries()) {
    if (!input) continue;
    const step = stepTabs(state, input, index * 1_000);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects, shown: [...state.ops.values()] };
}

describe("stepTabs", () => {
  it("asks a quiet tab that has ops, then looks for what it left, and drops what it had", () => {
    const quiet = run(heard, put);
    expect(nextTabsDeadline(quiet.state)).toBe(10_000);
    const pause = Array<undefined>(8).fill(undefined);
    const tick = { t: "tick" } as const;
    const asked = run(heard, put, ...pause, tick);
    expect(asked.effects).toEqual([{ type: "ask", tab: "a" }]);
    const silent = run(heard, put, ...pause, tick, tick, tick, tick);
    expect(silent.effects).toEqual([
      { type: "ask", tab: "a" },
      { type: "look", tab: "a" },
    ]);
    expect(silent.shown).toHaveLength(1);
    expect(run(heard, put, { t: "gone", tab: "a" }).shown).toEqual([]);
    expect(run(heard, put, ...pause, tick, heard, tick, tick).effects).toHaveLength(1);
  });

  it("[B4] shows what is settled until the log reaches it, lost it, or nobody follows it", () => {
    const room = "lobby";
    expect(run(put, settled, { t: "gone", tab: "a" }).shown).toMatchObject([{ seq: 7 }]);
    expect(run(put, settled, { t: "reached", room, seq: 6 }).shown).toHaveLength(1);
    expect(run(put, settled, { t: "reached", room, seq: 7 }).shown).toEqual([]);
    expect(run(put, settled, { t: "caught-up", room }).shown).toHaveLength(1);
    const covered = [{ t: "subscribed", room } as const, { t: "caught-up", room } as const];
    expect(run(put, settled, ...covered).shown).toEqual([]);
    expect(run(put, settled, { t: "unwatched", room }).shown).toEqual([]);
    expect(run(put, { t: "applied", id: "op-1", seq: 3 }).shown).toMatchObject([{ seq: 3 }]);
  });

  it("[B4] does not show again what was ours and is in the log, whoever found its record", () => {
    const released = { t: "released", ids: ["op-1"], logged: ["op-1"] } as const;
    expect(run({ t: "own", ids: ["op-1"] }, released, put).shown).toEqual([]);
  });

  it("[B4] does not show again what the log holds, though its tab does not know that yet", () => {
    const applied = { t: "applied", id: "op-1", seq: 3 } as const;
    const whole = { t: "whole", tab: "a", ops: [ONE] } as const;
    const reached = { t: "reached", room: "lobby", seq: 3 } as const;
    expect(run(put, applied, reached, whole).shown).toEqual([]);
    expect(run(applied, put).shown).toEqual([]);
    expect(run(put, applied, whole).shown).toMatchObject([{ seq: 3 }]);
  });

  it("[O11] says a wish to the owner and to the next one, and drops it with the op", () => {
    const unwanted = { t: "unwanted", id: "op-1" } as const;
    const wish = { type: "discard", room: "lobby", id: "op-1" };
    const again = run(put, unwanted, put, { ...put, tab: "b" });
    expect(again.effects).toEqual([
      { ...wish, tab: "a" },
      { ...wish, tab: "b" },
    ]);
    expect(again.shown).toMatchObject([{ op: { isCancelled: true }, tab: "b" }]);
    expect(run(put, unwanted, settled).effects).toContainEqual({ type: "drop-wish", id: "op-1" });
    expect(run(put, unwanted, { t: "own", ids: ["op-1"] }).effects).toHaveLength(1);
  });

  it("takes nothing from others that is our own", () => {
    expect(run({ t: "own", ids: ["op-1"] }, put).shown).toEqual([]);
    expect(run(put, { t: "own", ids: ["op-1"] }).shown).toEqual([]);
    expect(
      run({ t: "own", ids: ["op-1"] }, { t: "released", ids: ["op-1"], logged: [] }, put).shown,
    ).toHaveLength(1);
  });
});
