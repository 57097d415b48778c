import { errorFromCode } from "../errors.js";
import { nextChain } from "../protocol/chain.js";
import type { EventFrame } from "../protocol/events.js";
import type { ResetFrame, SyncedFrame } from "../protocol/handshake.js";
import { LIMITS } from "../protocol/limits.js";
import type { ErrorFrame } from "../protocol/liveness.js";
import { applyToRows } from "./apply-event.js";
import { mergePage } from "./merge-page.js";
import type {
  LogMoment,
  RoomLogEffect,
  RoomLogInput,
  RoomLogState,
  RoomLogStep,
} from "./room-log-step.js";

/** A room is asked for again at most this often. [L7] */
const ASK_AGAIN_MS = 2_000;
/** When the head is ahead and nothing arrives for this long, something was lost. [L9] */
const SILENCE_MS = 5_000;

/** A room nobody follows, of which nothing is known. */
export const UNKNOWN_ROOM_LOG: RoomLogState = {
  status: "closed",
  ref: 0,
  rows: [],
  hasOlder: false,
  ring: [],
  capabilities: [],
  askedAt: -Infinity,
  knownHead: 0,
  quietSince: 0,
};

/**
 * One step of a room's log. There is one way out of every mismatch: asking for the room again. [L6]
 * [L7] [L8] [L9]
 */
export function stepRoomLog(
  state: RoomLogState,
  input: RoomLogInput,
  moment: LogMoment,
): RoomLogStep {
  switch (input.t) {
    case "follow":
      return stay(state.status === "closed" ? { ...state, status: "offline" } : state);
    case "unfollow":
      return unfollow(state);
    case "subscribe":
      return state.status === "closed" ? stay(state) : subscribe(state, moment);
    case "disconnected":
      return stay(state.status === "closed" ? state : atRest(state, "offline"));
    case "replay":
      return isAnswer(state, input.ref) ? stay({ ...state, status: "catching-up" }) : stay(state);
    case "reset":
      return obeys(state, input) ? reset(state, input) : stay(state);
    case "ev":
      return isListening(state) ? accept(state, input, moment) : stay(state);
    case "synced":
      return isListening(state) && input.ref === state.ref
        ? caughtUp(state, input, moment)
        : stay(state);
    case "head":
      return state.status === "live" ? compare(state, input, moment) : stay(state);
    case "error":
      return refuse(state, input);
    case "restored":
      return stay(state.cursor ? state : { ...state, ...input.window });
    case "page":
      return stay(mergePage(state, input.page, input.before) ?? state);
    case "tick":
      return tick(state, moment);
  }
}

function unfollow(state: RoomLogState): RoomLogStep {
  const wasAsked = !["closed", "offline", "failed"].includes(state.status);
  const effects: RoomLogEffect[] = wasAsked ? [{ type: "unsubscribe" }] : [];
  return { state: atRest(state, "closed"), effects };
}

function subscribe(state: RoomLogState, { freshRef }: LogMoment): RoomLogStep {
  const { cursor } = state;
  return {
    state: { ...atRest(state, "awaiting"), ref: freshRef },
    effects: [{ type: "subscribe", ref: freshRef, ...(cursor && { cursor }) }],
  };
}

/** Something does not fit: ask again now, or as soon as that is allowed again. [L7] */
function askAgain(state: RoomLogState, moment: LogMoment): RoomLogStep {
  if (moment.now - state.askedAt < ASK_AGAIN_MS) return stay(atRest(state, "gapped"));
  return subscribe({ ...state, askedAt: moment.now }, moment);
}

/**
 * A snapshot is obeyed when it has the number of the newest request, or when none is open and the
 * server sent it by itself. [L6]
 */
function obeys(state: RoomLogState, { ref }: ResetFrame): boolean {
  if (ref !== undefined) return isAnswer(state, ref) || (isListening(state) && ref === state.ref);
  return isListening(state) || state.status === "gapped";
}

/** Takes the snapshot in place of everything held, even when its head is lower. [L6] [L8] */
function reset(state: RoomLogState, frame: ResetFrame): RoomLogStep {
  const rows = [...frame.messages].sort((left, right) => left.seq - right.seq);
  const next: RoomLogState = {
    ...state,
    status: frame.ref === undefined ? state.status : "catching-up",
    cursor: { epoch: frame.epoch, seq: frame.head, chain: frame.chain },
    rows,
    hasOlder: frame.hasMore,
    ring: [],
    info: frame.room_info,
    knownHead: frame.head,
  };
  const effects: RoomLogEffect[] = [{ type: "arrived", rows }, { type: "caught-up" }];
  if (state.cursor) effects.push({ type: "discontinuity", why: frame.why });
  return { state: next, effects };
}

/**
 * Exactly the next event is applied; an older one is known, a later one shows that some are
 * missing. [L7]
 */
function accept(state: RoomLogState, frame: EventFrame, moment: LogMoment): RoomLogStep {
  const { cursor } = state;
  if (!cursor || frame.seq > cursor.seq + 1) return askAgain(state, moment);
  if (frame.seq <= cursor.seq) return stay(state);
  const next: RoomLogState = {
    ...state,
    cursor: { ...cursor, seq: frame.seq, chain: nextChain(cursor.chain, frame.id) },
    rows: applyToRows(state.rows, frame),
    ring: [...state.ring.slice(1 - LIMITS.ringEvents), frame],
    quietSince: moment.now,
  };
  return { state: next, effects: [{ type: "applied", event: frame }] };
}

function caughtUp(state: RoomLogState, frame: SyncedFrame, moment: LogMoment): RoomLogStep {
  const { room_info: info, capabilities, head: seq, chain } = frame;
  const live: RoomLogState = { ...state, status: "live", info, capabilities };
  const { state: next, effects } = compare(live, { seq, chain }, moment);
  return { state: next, effects: [{ type: "caught-up" }, ...effects] };
}

/**
 * Compares our position with the server's: another past is repaired at once, a head that is ahead
 * gets some time. [L9]
 */
function compare(
  state: RoomLogState,
  head: { readonly seq: number; readonly chain: string },
  moment: LogMoment,
): RoomLogStep {
  const { cursor, knownHead } = state;
  if (!cursor || (head.seq === cursor.seq && head.chain !== cursor.chain)) {
    return askAgain(state, moment);
  }
  const quietSince = knownHead > cursor.seq ? state.quietSince : moment.now;
  return stay({ ...state, knownHead: head.seq, quietSince });
}

function refuse(state: RoomLogState, { ref, code }: ErrorFrame): RoomLogStep {
  const isOurs = ref === undefined ? state.status === "awaiting" : isAnswer(state, ref);
  if (!isOurs) return stay(state);
  return stay({ ...atRest(state, "failed"), error: errorFromCode(code, "open the room") });
}

function tick(state: RoomLogState, moment: LogMoment): RoomLogStep {
  const isBehind = state.status === "live" && state.knownHead > (state.cursor?.seq ?? 0);
  const isQuiet = isBehind && moment.now - state.quietSince >= SILENCE_MS;
  return isQuiet || state.status === "gapped" ? askAgain(state, moment) : stay(state);
}

function isAnswer(state: RoomLogState, ref: number): boolean {
  return state.status === "awaiting" && ref === state.ref;
}

function isListening(state: RoomLogState): boolean {
  return state.status === "catching-up" || state.status === "live";
}

/** The state in another status, without what belongs to the subscription that ended. */
function atRest(state: RoomLogState, status: RoomLogState["status"]): RoomLogState {
  return { ...state, status, error: undefined, knownHead: 0 };
}

function stay(state: RoomLogState): RoomLogStep {
  return { state, effects: [] };
}
