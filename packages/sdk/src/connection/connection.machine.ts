import type { ChatError } from "../errors.js";
import { closeAction } from "../protocol/close-codes.js";
import { errorFromClose } from "./close-error.js";
import type {
  ConnectionEffect,
  ConnectionInput,
  ConnectionMachineState,
  ConnectionStep,
  InState,
  Moment,
} from "./connection-step.js";
import {
  isPresumedDead,
  livenessAt,
  probed,
  received,
  shouldReplaceOnWake,
  TICK_MS,
  wasAsleep,
} from "./liveness.js";
import {
  begin,
  memoryAfter,
  NO_MEMORY,
  retry,
  retryAfterLife,
  returnWindow,
  waitAsTold,
  waitForNetwork,
} from "./next-attempt.js";

/**
 * A socket that is neither open nor closed after this long is replaced; a little more than the
 * transport's own limit.
 */
const OPENING_LIMIT_MS = 12_000;
/** No `welcome` for this long after the socket opened: the attempt failed. */
const GREETING_LIMIT_MS = 10_000;

const PING: ConnectionEffect = { type: "ping" };

/** A line nobody has asked for. */
export const IDLE_CONNECTION: ConnectionMachineState = { status: "idle", memory: NO_MEMORY };

/**
 * One step of the line. Inputs that mean nothing in a state leave it as it is. [H4] [V1] [V2] [V4]
 */
export function stepConnection(
  state: ConnectionMachineState,
  input: ConnectionInput,
  moment: Moment,
): ConnectionStep {
  if (state.status === "closed") return stay(state);
  if (input.type === "close") return close(state, input.error);
  switch (state.status) {
    case "idle":
      return whileIdle(state, input, moment);
    case "fetching-token":
      return whileFetchingToken(state, input, moment);
    case "opening":
      return whileOpening(state, input, moment);
    case "greeting":
      return whileGreeting(state, input, moment);
    case "live":
      return whileLive(state, input, moment);
    case "waiting":
      return whileWaiting(state, input, moment);
  }
}

/**
 * When the machine wants its next `tick`, in monotonic milliseconds; nothing when only an input can
 * move it.
 */
export function nextDeadline(state: ConnectionMachineState): number | undefined {
  switch (state.status) {
    case "opening":
    case "greeting":
      return state.deadline;
    case "live":
      return state.liveness.tickedAt + TICK_MS;
    case "waiting":
      return state.retryAt;
    default:
      return undefined;
  }
}

function whileIdle(state: InState<"idle">, input: ConnectionInput, moment: Moment): ConnectionStep {
  if (input.type === "connect") return begin(state.memory);
  if (input.type !== "want") return stay(state);
  return moment.isOnline ? begin(state.memory) : waitForNetwork(state.memory, moment);
}

function whileFetchingToken(
  state: InState<"fetching-token">,
  input: ConnectionInput,
  moment: Moment,
): ConnectionStep {
  if (input.type === "token") {
    return {
      state: { status: "opening", memory: state.memory, deadline: moment.now + OPENING_LIMIT_MS },
      effects: [{ type: "open" }],
    };
  }
  if (input.type !== "token-failed") return stay(state);
  if (input.isFinal) return close(state, input.error);
  return retry(state.memory, "refused", moment);
}

function whileOpening(
  state: InState<"opening">,
  input: ConnectionInput,
  moment: Moment,
): ConnectionStep {
  if (input.type === "opened") {
    return {
      state: { status: "greeting", memory: state.memory, deadline: moment.now + GREETING_LIMIT_MS },
      effects: [{ type: "greet" }],
    };
  }
  if (input.type === "lost") return afterClose(state, input.code, moment);
  const isLate = input.type === "tick" && moment.now >= state.deadline;
  return isLate ? drop(retry(state.memory, "lost", moment)) : stay(state);
}

function whileGreeting(
  state: InState<"greeting">,
  input: ConnectionInput,
  moment: Moment,
): ConnectionStep {
  switch (input.type) {
    case "welcome":
      return {
        state: {
          status: "live",
          memory: state.memory,
          since: moment.now,
          liveness: livenessAt(moment.now, input.heartbeatMs),
          ...(state.bye === undefined ? {} : { bye: state.bye }),
        },
        effects: [],
      };
    case "bye":
      return stay({ ...state, bye: returnWindow(input.after) });
    case "lost":
      return afterClose(state, input.code, moment);
    case "garbled":
      return drop(retry(state.memory, "lost", moment));
    case "tick":
      return moment.now >= state.deadline ? drop(retry(state.memory, "lost", moment)) : stay(state);
    default:
      return stay(state);
  }
}

function whileLive(state: InState<"live">, input: ConnectionInput, moment: Moment): ConnectionStep {
  switch (input.type) {
    case "received":
      return stay({ ...state, liveness: received(state.liveness, moment.now) });
    case "bye":
      return stay({ ...state, bye: returnWindow(input.after) });
    case "lost":
      return afterClose(state, input.code, moment);
    case "garbled":
      return drop(retryAfterLife(state, moment));
    case "wake":
      return wake(state, moment);
    case "network":
      return moment.isOnline ? wake(state, moment) : stay(state);
    case "tick":
      return wasAsleep(state.liveness, moment.now) ? wake(state, moment) : tick(state, moment);
    default:
      return stay(state);
  }
}

function whileWaiting(
  state: InState<"waiting">,
  input: ConnectionInput,
  moment: Moment,
): ConnectionStep {
  switch (input.type) {
    case "connect":
      return begin(state.memory);
    case "network":
      if (state.isDirected) return resume(state, moment);
      return moment.isOnline ? begin(state.memory) : stay({ ...state, reason: "offline" });
    case "wake":
    case "tick":
      return resume(state, moment);
    default:
      return stay(state);
  }
}

/** The socket closed: the range of its code decides. [V4] [V6] */
function afterClose(
  state: InState<"opening"> | InState<"greeting"> | InState<"live">,
  code: number,
  moment: Moment,
): ConnectionStep {
  const action = closeAction(code);
  if (action === "stop") return close(state, errorFromClose(code));
  if (action === "refresh-token") return refresh(state, code, moment);
  const bye = "bye" in state ? state.bye : undefined;
  if (action === "wait" || bye !== undefined) {
    return drop(waitAsTold(memoryAfter(state, moment), bye, moment));
  }
  const isLive = state.status === "live";
  const next = drop(isLive ? retryAfterLife(state, moment) : retry(state.memory, "lost", moment));
  return code === 1009 ? { ...next, effects: [{ type: "oversized" }, ...next.effects] } : next;
}

/** A refused token: one immediate attempt with a fresh one, and back-off from then on. [V4] */
function refresh(
  state: InState<"opening"> | InState<"greeting"> | InState<"live">,
  code: number,
  moment: Moment,
): ConnectionStep {
  const memory = memoryAfter(state, moment);
  const next = memory.didRefresh
    ? retry(memory, "refused", moment)
    : begin({ ...memory, didRefresh: true });
  const effects: ConnectionEffect[] = [{ type: "refuse-token", code }, ...next.effects];
  return drop({ state: next.state, effects });
}

/** Signs of sleep: a line that has been silent is replaced, one that has not is asked. [V2] */
function wake(state: InState<"live">, moment: Moment): ConnectionStep {
  if (shouldReplaceOnWake(state.liveness, moment.now)) {
    return drop(begin(memoryAfter(state, moment)));
  }
  const isAsked = state.liveness.probeUntil !== undefined;
  const next = { ...state, liveness: probed(state.liveness, moment.now) };
  return { state: next, effects: isAsked ? [] : [PING] };
}

function tick(state: InState<"live">, moment: Moment): ConnectionStep {
  if (isPresumedDead(state.liveness, moment.now)) return drop(retryAfterLife(state, moment));
  return stay({ ...state, liveness: { ...state.liveness, tickedAt: moment.now } });
}

/** The wait is over, if it is over and there is a network. */
function resume(state: InState<"waiting">, moment: Moment): ConnectionStep {
  const isBack = state.reason === "offline" && moment.isOnline;
  if (moment.now < state.retryAt && !isBack) return stay(state);
  return moment.isOnline ? begin(state.memory) : waitForNetwork(state.memory, moment);
}

function close(state: ConnectionMachineState, error: ChatError | undefined): ConnectionStep {
  const closed = { status: "closed", ...(error === undefined ? {} : { error }) } as const;
  const hasSocket = ["opening", "greeting", "live"].includes(state.status);
  return hasSocket ? drop(stay(closed)) : stay(closed);
}

/** The same step, after the socket has been let go. */
function drop({ state, effects }: ConnectionStep): ConnectionStep {
  return { state, effects: [{ type: "drop" }, ...effects] };
}

function stay(state: ConnectionMachineState): ConnectionStep {
  return { state, effects: [] };
}
