import { describe, expect, it } from "vitest";
import {
  nextTypingDeadline,
  NOBODY_TYPES,
  stepTyping,
  type TypingInput,
  type TypingState,
} from "./typing.machine.js";

const NOW = 50_000;
const MOMENT = { now: NOW, me: "ada" };

function typing(user: string, ttl = 6_000): TypingInput {
  return { t: "typing", room: "lobby", user, author: { name: user, kind: "user" }, ttl };
}

const INPUTS: Record<string, TypingInput> = {
  "typing of ben": typing("ben"),
  "typing of cleo": typing("cleo"),
  "typing of mine": typing("ada"),
  "wrote ben": { t: "wrote", user: "ben" },
  "wrote ada": { t: "wrote", user: "ada" },
  type: { t: "type" },
  clear: { t: "clear" },
  tick: { t: "tick" },
};

function ben(until: number): TypingState["typists"][number] {
  return { id: "ben", name: "ben", kind: "user", until };
}

const STATES = {
  nobody: NOBODY_TYPES,
  ben: { typists: [ben(NOW + 1)], saidAt: -Infinity },
  over: { typists: [ben(NOW)], saidAt: -Infinity },
  mine: { typists: [], saidAt: NOW - 2_999 },
  mineAgain: { typists: [], saidAt: NOW - 3_000 },
} satisfies Record<string, TypingState>;

/** Each cell: who is shown for how long, when I last said it, and whether I say it. */
const TABLE: Record<keyof typeof STATES, Record<string, string>> = {
  nobody: {
    "typing of ben": "ben 6000",
    "typing of cleo": "cleo 6000",
    "typing of mine": "",
    "wrote ben": "",
    "wrote ada": "",
    type: "said 0 say",
    clear: "",
    tick: "",
  },
  ben: {
    "typing of ben": "ben 6000",
    "typing of cleo": "ben 1 cleo 6000",
    "typing of mine": "ben 1",
    "wrote ben": "",
    "wrote ada": "ben 1",
    type: "ben 1 said 0 say",
    clear: "",
    tick: "ben 1",
  },
  over: {
    "typing of ben": "ben 6000",
    "typing of cleo": "ben 0 cleo 6000",
    "typing of mine": "ben 0",
    "wrote ben": "",
    "wrote ada": "ben 0",
    type: "ben 0 said 0 say",
    clear: "",
    tick: "",
  },
  mine: {
    "typing of ben": "ben 6000 said -2999",
    "typing of cleo": "cleo 6000 said -2999",
    "typing of mine": "said -2999",
    "wrote ben": "said -2999",
    "wrote ada": "",
    type: "said -2999",
    clear: "",
    tick: "said -2999",
  },
  mineAgain: {
    "typing of ben": "ben 6000 said -3000",
    "typing of cleo": "cleo 6000 said -3000",
    "typing of mine": "said -3000",
    "wrote ben": "said -3000",
    "wrote ada": "",
    type: "said 0 say",
    clear: "",
    tick: "said -3000",
  },
};

function describeState({ typists, saidAt }: TypingState): readonly string[] {
  const shown = typists.map(({ id, until }) => `${id} ${String(until - NOW)}`);
  return saidAt === -Infinity ? shown : [...shown, `said ${String(saidAt - NOW)}`];
}

describe("stepTyping", () => {
  for (const from of Object.keys(TABLE) as (keyof typeof STATES)[]) {
    for (const [name, input] of Object.entries(INPUTS)) {
      const expected = TABLE[from][name];
      it(`[P1] ${name} while ${from}: ${expected ?? "?"}`, () => {
        const { state, effects } = stepTyping(STATES[from], input, MOMENT);
        const said = effects.map(({ type }) => type);
        expect([...describeState(state), ...said].join(" ")).toBe(expected);
      });
    }
  }

  it("[P1] nobody types for ever, whatever a server says", () => {
    const { state } = stepTyping(NOBODY_TYPES, typing("ben", 1e9), MOMENT);
    expect(nextTypingDeadline(state)).toBe(NOW + 30_000);
    expect(nextTypingDeadline(NOBODY_TYPES)).toBe(Infinity);
  });

  it("[P1] who goes on typing keeps the place in the list", () => {
    const all = ["ben", "cleo", "ben"].reduce<TypingState>(
      (state, user) => stepTyping(state, typing(user), MOMENT).state,
      NOBODY_TYPES,
    );
    expect(all.typists.map(({ id }) => id)).toEqual(["ben", "cleo"]);
  });
});
