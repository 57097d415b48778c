import type { PresenceFrame } from "../protocol/presence.js";
import type { Person } from "./person.js";

/** Who is in a room now. */
export interface RoomPresence {
  /** Empty where there are too many to name; `count` tells how many there are. [P2] */
  readonly users: readonly Person[];
  readonly count: number;
}

/** What can happen to it. */
export type PresenceInput =
  | PresenceFrame
  /** The line is gone, or nobody follows the room: nobody knows who is there. */
  | { readonly t: "gone" };

/** Nobody is known to be there. */
export const NOBODY_PRESENT: RoomPresence = { users: [], count: 0 };

/** One step of who is there: a full list, changes to it, or a mere number. [P2] */
export function stepPresence(state: RoomPresence, input: PresenceInput): RoomPresence {
  if (input.t === "gone") return NOBODY_PRESENT;
  const { full, changes = [], count } = input;
  if (!full && count !== undefined) return { users: [], count };
  // Among more people than are named, a change of one says nothing: the next number does.
  if (!full && state.count !== state.users.length) return state;
  const users = new Map(full ? [] : state.users.map((person) => [person.id, person]));
  for (const { user, state: now, author } of changes) {
    if (now === "offline") users.delete(user);
    else users.set(user, { ...(author ?? { name: user, kind: "user" }), id: user });
  }
  return { users: [...users.values()], count: users.size };
}
