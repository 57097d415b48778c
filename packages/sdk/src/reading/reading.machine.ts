import { LIMITS } from "../protocol/limits.js";
import type { ResetFrame } from "../protocol/handshake.js";
import type { ReadPosition, RoomFrame } from "../protocol/reading.js";
import type {
  PastReading,
  ReadingEffect,
  ReadingInput,
  ReadingMoment,
  ReadingState,
  ReadingStep,
} from "./reading-step.js";

/** A room of which nothing is known. */
export const UNKNOWN_READING: ReadingState = {
  isLive: false,
  past: { count: 0, seq: 0 },
  count: 0,
  mentions: 0,
  toldHead: 0,
  receipts: new Map(),
};

/**
 * One step of the reading of one room. On one line every position only grows, so that order,
 * repetition and loss of frames do not matter; the next line may be that of an older log. [R1] [R2]
 */
export function stepReading(
  before: ReadingState,
  input: ReadingInput,
  moment: ReadingMoment,
): ReadingStep {
  const state = withoutReached(take(before, input, moment));
  const { slot } = state;
  const effects: ReadingEffect[] = [];
  if (slot?.seq !== before.slot?.seq) {
    effects.push({ type: "slot", position: slot && { seq: slot.seq, count: slot.count } });
  }
  if (!slot || !state.isLive || moment.now < slot.sayAt) return { state, effects };
  effects.push({ type: "say", seq: slot.seq });
  return { state: { ...state, slot: { ...slot, sayAt: Infinity } }, effects };
}

/** When the machine wants its next `tick`; infinity when only an input can move it. */
export function nextReadingDeadline({ isLive, slot }: ReadingState): number {
  return isLive && slot ? slot.sayAt : Infinity;
}

function take(state: ReadingState, input: ReadingInput, moment: ReadingMoment): ReadingState {
  const { slot, count } = state;
  switch (input.t) {
    case "mark":
      return mark(state, input.position, moment.now);
    case "synced":
      return {
        ...told(state, input, input.read),
        receipts: new Map(input.receipts.map(({ user, seq }) => [user, seq])),
      };
    case "room":
      // 0 stands for no register: nothing is unread then, however much there is. [R2]
      return told(
        state,
        input,
        input.readSeq === 0 ? undefined : { seq: input.readSeq, count: input.readCount },
      );
    case "kept":
      // As if an earlier line had told it, unless this one has told by now. [L8]
      if (!state.past) return state;
      return greet(take({ ...state, past: undefined }, input.frame, moment));
    case "receipt":
      return readBy(state, input.user, input, moment);
    case "ev":
      // Who writes has read what stands above. [R1]
      return { ...readBy(state, input.by, input, moment), count: Math.max(count, input.count) };
    case "reset":
      return reset(state, input);
    case "restored":
      return restore(state, input.position, moment.now);
    case "mirrored":
      return { ...state, mirror: further(state.mirror, input.position) };
    case "greeting":
      return greet(state);
    case "connected":
      // Nothing is said before the room can have told that its log is another by now. [L8]
      return {
        ...state,
        isLive: true,
        slot: slot && { ...slot, sayAt: Math.max(slot.sayAt, moment.now + LIMITS.readEveryMs) },
      };
    case "disconnected":
      // Nobody knows whether it arrived: it is said again on the next line. [R1]
      if (slot?.sayAt !== Infinity) return { ...state, isLive: false };
      return { ...state, isLive: false, slot: { ...slot, sayAt: moment.now } };
    case "tick":
      return state;
  }
}

function pastOf({ own, slot, mirror, count, past }: ReadingState): PastReading {
  return {
    own: further(own, past?.own),
    count: Math.max(count, past?.count ?? 0),
    seq: Math.max(own?.seq ?? 0, slot?.seq ?? 0, mirror?.seq ?? 0, past?.seq ?? 0),
  };
}

/** What was kept was read before the line was asked for, even if it is found later. */
function restore(state: ReadingState, position: ReadPosition, now: number): ReadingState {
  const slot = further(state.slot, { ...position, sayAt: now });
  return { ...state, slot, past: pastOf({ ...state, mirror: undefined, slot }) };
}

/** What is known so far becomes the past. */
function greet(state: ReadingState): ReadingState {
  return { ...state, own: undefined, count: 0, past: pastOf(state) };
}

/** Reading goes on while a slot waits: the wait began with the first of them. */
function mark(state: ReadingState, position: ReadPosition, now: number): ReadingState {
  const { own, slot, past } = state;
  const reached = Math.max(own?.seq ?? 0, slot?.seq ?? 0, past?.own?.seq ?? 0);
  if (position.seq <= reached) return state;
  const isWaiting = slot !== undefined && slot.sayAt !== Infinity;
  const sayAt = isWaiting ? slot.sayAt : now + LIMITS.readEveryMs;
  return { ...state, slot: { ...position, sayAt } };
}

/**
 * The server told how the room stands for me. The first word on a line counts more than what was
 * known before: a backup that was put back has an older register, and maybe a shorter log. [L8]
 */
function told(
  { past, ...known }: ReadingState,
  { head, count, mentions }: Pick<RoomFrame, "head" | "count" | "mentions">,
  position: ReadPosition | undefined,
): ReadingState {
  // Beyond the end of the log is what was read in another past of it, unless it is news.
  const within = <Position extends ReadPosition>(it: Position | undefined) =>
    it && it.seq > head && it.seq <= (past?.seq ?? 0) ? undefined : it;
  return {
    ...known,
    slot: within(known.slot),
    mirror: within(known.mirror),
    count: Math.max(known.count, count),
    own: further(known.own, position),
    mentions,
    toldHead: head,
  };
}

function readBy(
  state: ReadingState,
  user: string,
  { seq, count }: ReadPosition,
  { me }: ReadingMoment,
): ReadingState {
  if (user === me) return { ...state, own: further(state.own, { seq, count }) };
  const shown = state.receipts.get(user);
  // In larger rooms receipts are not told, and who wrote is no reason to list them. [R3]
  if (shown === undefined && state.receipts.size >= LIMITS.receiptsMaxMembers) return state;
  if (seq <= (shown ?? 0)) return state;
  return { ...state, receipts: new Map(state.receipts).set(user, seq) };
}

/**
 * Positions in another past, or beyond the end of the log, mean nothing in this one. What was read
 * in another tab since the line was asked for may be further than this line, and is no sign. [L8]
 */
function reset(state: ReadingState, { epoch, head, count, why }: ResetFrame): ReadingState {
  const isFork = why === "chain" || why === "ahead" || (state.past?.seq ?? 0) > head;
  const isSame = !isFork && (state.epoch ?? epoch) === epoch;
  return { ...(isSame ? state : { ...UNKNOWN_READING, isLive: state.isLive }), epoch, count };
}

/** Slots are forgotten once the register has reached them. [R1] */
function withoutReached(state: ReadingState): ReadingState {
  const { own, slot, mirror } = state;
  if (!own || (!slot && !mirror)) return state;
  return { ...state, slot: beyond(slot, own), mirror: beyond(mirror, own) };
}

function beyond<Position extends ReadPosition>(
  position: Position | undefined,
  own: ReadPosition,
): Position | undefined {
  return position && position.seq > own.seq ? position : undefined;
}

function further<Position extends ReadPosition>(
  left: Position | undefined,
  right: Position | undefined,
): Position | undefined {
  if (!left || !right) return left ?? right;
  return right.seq > left.seq ? right : left;
}
