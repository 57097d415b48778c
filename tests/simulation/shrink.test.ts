import { describe, expect, it } from "vitest";
import type { Reduction } from "./reduction.js";
import { reductionFrom, wordsOf } from "./reduction.js";
import { shrink, type Attempt } from "./shrink.js";
import { TROUBLES } from "./swarm.js";

const ALL_ACTIONS = Array.from({ length: 100 }, (_, index) => index);

describe("shrink", () => {
  it("keeps the trouble, the people and the actions a failure needs, and nothing else", () => {
    const { without, ...rest } = shrink({ without: [] }, failsWhen(["cuts", "kills"], [7, 60]));
    expect(TROUBLES.filter((trouble) => !without.includes(trouble))).toEqual(["cuts", "kills"]);
    expect(rest).toEqual({ clients: 2, rooms: 1, actions: [7, 60] });
  });

  it("does not take another failure for the same", () => {
    const reduction = shrink({ without: [] }, ({ without }) => ({
      ...attempt(without.length === 0 ? "I9" : "I7"),
    }));
    expect(reduction.without).toEqual([]);
  });
});

describe("a reduction", () => {
  it("survives the command line", () => {
    const reduction: Reduction = { without: ["cuts"], clients: 2, rooms: 1, actions: [0, 1, 2, 7] };
    const words = wordsOf(reduction).trim().split(" ");
    expect(words).toContain("0-2,7");
    const again = reductionFrom((name) => words[words.indexOf(name) + 1]);
    expect(again).toEqual(reduction);
  });
});

/** A failure that needs these kinds of trouble, two people, and these actions. */
function failsWhen(troubles: readonly string[], needed: readonly number[]) {
  return ({ without, clients = 5, actions = ALL_ACTIONS }: Reduction): Attempt => {
    const hasTrouble = troubles.every((trouble) => !without.some((name) => name === trouble));
    const hasActions = needed.every((number) => actions.includes(number));
    return attempt(hasTrouble && hasActions && clients >= 2 ? "I9" : undefined);
  };
}

function attempt(broken: string | undefined): Attempt {
  return { broken, actions: ALL_ACTIONS.length, clients: 5, rooms: 3 };
}
