import { describe, expect, it } from "vitest";
import type { PresenceChange } from "../protocol/presence.js";
import {
  NOBODY_PRESENT,
  stepPresence,
  type PresenceInput,
  type RoomPresence,
} from "./presence.machine.js";

function came(user: string): PresenceChange {
  return { user, state: "online", author: { name: user, kind: "user" } };
}

function presence(frame: object): PresenceInput {
  return { t: "presence", room: "lobby", ...frame };
}

const ben = { id: "ben", name: "ben", kind: "user" } as const;
const STATES = {
  nobody: NOBODY_PRESENT,
  some: { users: [ben], count: 1 },
  many: { users: [], count: 120 },
} satisfies Record<string, RoomPresence>;

const INPUTS = {
  full: presence({ full: true, changes: [came("ada"), came("cleo")] }),
  "full of nobody": presence({ full: true, changes: [] }),
  came: presence({ changes: [came("cleo")] }),
  "came again": presence({ changes: [came("ben")] }),
  left: presence({ changes: [{ user: "ben", state: "offline" }] }),
  "left and came": presence({ changes: [{ user: "ben", state: "offline" }, came("cleo")] }),
  nothing: presence({}),
  count: presence({ count: 130 }),
  gone: { t: "gone" },
} satisfies Record<string, PresenceInput>;

/** Each cell: the number, and who is named. */
const TABLE: Record<keyof typeof STATES, Record<keyof typeof INPUTS, string>> = {
  nobody: {
    full: "2 ada cleo",
    "full of nobody": "0",
    came: "1 cleo",
    "came again": "1 ben",
    left: "0",
    "left and came": "1 cleo",
    nothing: "0",
    count: "130",
    gone: "0",
  },
  some: {
    full: "2 ada cleo",
    "full of nobody": "0",
    came: "2 ben cleo",
    "came again": "1 ben",
    left: "0",
    "left and came": "1 cleo",
    nothing: "1 ben",
    count: "130",
    gone: "0",
  },
  many: {
    full: "2 ada cleo",
    "full of nobody": "0",
    came: "120",
    "came again": "120",
    left: "120",
    "left and came": "120",
    nothing: "120",
    count: "130",
    gone: "0",
  },
};

describe("stepPresence", () => {
  for (const from of Object.keys(TABLE) as (keyof typeof STATES)[]) {
    for (const name of Object.keys(INPUTS) as (keyof typeof INPUTS)[]) {
      const expected = TABLE[from][name];
      it(`[P2] ${name} where there are ${from}: ${expected}`, () => {
        const { users, count } = stepPresence(STATES[from], INPUTS[name]);
        expect([count, ...users.map(({ id }) => id)].join(" ")).toBe(expected);
      });
    }
  }

  it("[P2] names somebody whose name never came by their id", () => {
    const { users } = stepPresence(
      NOBODY_PRESENT,
      presence({ changes: [{ user: "ben", state: "online" }] }),
    );
    expect(users).toEqual([{ id: "ben", name: "ben", kind: "user" }]);
  });
});
