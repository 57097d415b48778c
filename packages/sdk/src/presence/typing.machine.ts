import { LIMITS } from "../protocol/limits.js";
import type { DownTypingFrame } from "../protocol/presence.js";
import type { Person } from "./person.js";

interface Typist extends Person {
  /** Shown until then, in monotonic milliseconds. */
  readonly until: number;
}

/** Who types in one room, and when I last said that I do. */
export interface TypingState {
  readonly typists: readonly Typist[];
  readonly saidAt: number;
}

/** What can happen to it. */
export type TypingInput =
  | DownTypingFrame
  /** A message of somebody took its place in the log. */
  | { readonly t: "wrote"; readonly user: string }
  /** I type, on a line where the room is live. */
  | { readonly t: "type" }
  /** The line is gone, or the window was replaced. */
  | { readonly t: "clear" }
  | { readonly t: "tick" };

/** What a step needs from outside: monotonic milliseconds, and my user id. */
export interface TypingMoment {
  readonly now: number;
  readonly me: string;
}

/** State after a step, and whether `typing` is to be said. */
export interface TypingStep {
  readonly state: TypingState;
  readonly effects: readonly { readonly type: "say" }[];
}

/** A server cannot make somebody type for longer than this with one frame. */
const TTL_MAX_MS = 30_000;

/** Nobody types. */
export const NOBODY_TYPES: TypingState = { typists: [], saidAt: -Infinity };

/**
 * One step of who types: the end of typing is silence, a message, or a line that is gone; never a
 * frame, since that one would get lost. [P1]
 */
export function stepTyping(
  state: TypingState,
  input: TypingInput,
  { now, me }: TypingMoment,
): TypingStep {
  switch (input.t) {
    case "typing": {
      if (input.user === me) return stay(state);
      const until = now + Math.min(input.ttl, TTL_MAX_MS);
      const typist: Typist = { ...input.author, id: input.user, until };
      const others = without(state, input.user);
      // Who goes on typing keeps the place, so that a shown list stands still.
      if (others.length === state.typists.length)
        return stay({ ...state, typists: [...others, typist] });
      return stay({
        ...state,
        typists: state.typists.map((it) => (it.id === typist.id ? typist : it)),
      });
    }
    case "wrote":
      // What I say next after my own message is news again.
      if (input.user === me) return stay({ ...state, saidAt: -Infinity });
      return stay({ ...state, typists: without(state, input.user) });
    case "type":
      if (now - state.saidAt < LIMITS.typingEveryMs) return stay(state);
      return { state: { ...state, saidAt: now }, effects: [{ type: "say" }] };
    case "clear":
      return stay(NOBODY_TYPES);
    case "tick":
      return stay({ ...state, typists: state.typists.filter(({ until }) => now < until) });
  }
}

/** When the machine wants its next `tick`; infinity while nobody types. */
export function nextTypingDeadline({ typists }: TypingState): number {
  return Math.min(...typists.map(({ until }) => until));
}

function without({ typists }: TypingState, user: string): readonly Typist[] {
  return typists.filter(({ id }) => id !== user);
}

function stay(state: TypingState): TypingStep {
  return { state, effects: [] };
}
