import { codeBy, errorFromCode, type ChatError } from "../errors.js";
import { closeAction } from "../protocol/close-codes.js";
import type {
  ConnectionEffect,
  ConnectionInput,
  ConnectionMachineState,
  ConnectionStep,
  InState,
  Moment,
  OnSocket,
} from "./connection-step.js";
import {
  isPresumedDead,
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
  probeDelay,
  retry,
  retryAfter,
  SOCKETS_OPEN,
  viaOf,
  waitAsTold,
  waitForNetwork,
} from "./next-attempt.js";

/**
 * A socket that is neither open nor closed after this long is replaced; a little more than the
 * transport's own limit.
 */
const OPENING_LIMIT_MS = 12_000;
/** The same where HTTP works: sockets that open at all open fast, and nobody is to wait. */
const PROBE_OPENING_LIMIT_MS = 4_000;
/** No `welcome` for this long after the socket opened: the attempt failed. */
const GREETING_LIMIT_MS = 10_000;

/** A line nobody has asked for. */
export const IDLE_CONNECTION: ConnectionMachineState = { status: "idle", memory: NO_MEMORY };

/** One step of the line. What means nothing in a state leaves it as it is. [H4] [V1] [V2] [V4] */
export function stepConnection(
  state: ConnectionMachineState,
  input: ConnectionInput,
  moment: Moment,
): ConnectionStep {
  if (state.status === "closed") return stay(state);
  if (isOnSocket(state)) return whileOnSocket(state, input, moment);
  const { memory } = state;
  switch (input.t) {
    case "close":
      return close(input.error);
    case "want":
      if (state.status !== "idle") return stay(state);
      return moment.isOnline ? begin(memory, moment) : waitForNetwork(memory, moment);
    case "connect":
      return state.status === "fetching-token" ? stay(state) : begin(memory, moment);
    case "token":
      return state.status === "fetching-token" ? open(memory, moment) : stay(state);
    case "token-failed":
      if (state.status !== "fetching-token") return stay(state);
      return input.isFinal ? close(input.error) : retry(memory, "refused", moment);
    case "hint":
    case "tick":
      if (state.status === "waiting") return resume(state, input, moment);
      // Nothing waits for ever, whatever the application does with its promise. [V4]
      if (state.status !== "fetching-token" || moment.now < state.deadline) return stay(state);
      return retry(memory, "refused", moment);
    default:
      return stay(state);
  }
}

/**
 * When the machine wants its next `tick`, in monotonic milliseconds; infinity when only an input
 * can move it.
 */
export function nextDeadline(state: ConnectionMachineState): number {
  switch (state.status) {
    case "fetching-token":
    case "opening":
    case "greeting":
      return state.deadline;
    case "live":
      return state.tickedAt + TICK_MS;
    case "waiting":
      return state.retryAt;
    default:
      return Infinity;
  }
}

function isOnSocket(state: ConnectionMachineState): state is OnSocket {
  return ["opening", "greeting", "live"].includes(state.status);
}

function whileOnSocket(state: OnSocket, input: ConnectionInput, moment: Moment): ConnectionStep {
  switch (input.t) {
    case "close":
      return drop(close(input.error));
    case "lost":
      return drop(afterClose(state, input.code, moment));
    case "garbled":
      return drop(retryAfter(state, moment));
    case "bye":
      return stay({ ...state, bye: input.after });
    case "opened":
      return state.status === "opening" ? greet(state, moment) : stay(state);
    case "welcome":
      return state.status === "greeting" ? goLive(state, input.heartbeatMs, moment) : stay(state);
    case "tick":
      return state.status === "live" ? tick(state, moment) : expire(state, moment);
    case "received":
      return stay(state.status === "live" ? { ...state, ...received(moment.now) } : state);
    case "hint":
      if (state.status !== "live") return expire(state, moment);
      return moment.isOnline ? wake(state, moment) : probe(state, moment);
    default:
      return stay(state);
  }
}

function open(memory: OnSocket["memory"], { now }: Moment): ConnectionStep {
  const via = viaOf(memory);
  const deadline = now + (memory.isProbe ? PROBE_OPENING_LIMIT_MS : OPENING_LIMIT_MS);
  return { state: { status: "opening", via, memory, deadline }, effects: [{ type: "open", via }] };
}

/** Every attempt has a deadline, and whatever happens asks whether it has passed. */
function expire(state: InState<"opening"> | InState<"greeting">, moment: Moment): ConnectionStep {
  return moment.now < state.deadline ? stay(state) : drop(retryAfter(state, moment));
}

function greet(state: InState<"opening">, { now }: Moment): ConnectionStep {
  const deadline = now + GREETING_LIMIT_MS;
  const memory = state.via === "http" ? state.memory : { ...state.memory, ...SOCKETS_OPEN };
  return {
    state: { ...state, status: "greeting", memory, deadline },
    effects: [{ type: "greet" }],
  };
}

function goLive(
  { deadline: _deadline, ...state }: InState<"greeting">,
  heartbeatMs: number,
  { now }: Moment,
): ConnectionStep {
  const liveness = { heartbeatMs, tickedAt: now, ...received(now) };
  return stay({ ...state, ...liveness, status: "live", since: now });
}

function tick(state: InState<"live">, moment: Moment): ConnectionStep {
  const isDead = isPresumedDead(state, moment.now);
  if (wasAsleep(state, moment.now)) {
    // Hidden pages tick once a minute without having slept: a line that is not overdue is asked.
    return isDead ? wake(state, moment) : probe(state, moment);
  }
  if (isDead) return drop(retryAfter(state, moment));
  if (state.via === "http" && moment.now - state.since >= probeDelay(state.memory)) {
    return drop(begin(memoryAfter(state, moment), moment));
  }
  return stay({ ...state, tickedAt: moment.now });
}

/** Signs of sleep: a line that has been silent is replaced, one that has not is asked. [V2] */
function wake(state: InState<"live">, moment: Moment): ConnectionStep {
  if (shouldReplaceOnWake(state, moment.now)) {
    return drop(begin(memoryAfter(state, moment), moment));
  }
  return probe(state, moment);
}

/** Asks the line whether it lives; also when the platform says that there is no network. [V2] */
function probe(state: InState<"live">, { now }: Moment): ConnectionStep {
  const next = { ...state, ...probed(state, now) };
  return { state: next, effects: state.probeUntil === Infinity ? [{ type: "ping" }] : [] };
}

/** The socket closed: the range of its code decides. [V4] [V6] */
function afterClose(state: OnSocket, code: number, moment: Moment): ConnectionStep {
  const action = closeAction(code);
  if (action === "stop") return stop(code);
  // A server that says why it closes was reached: the way to it is kept.
  const { unopened, isProbe } = action === "reconnect" ? memoryAfter(state, moment) : state.memory;
  const memory = { ...memoryAfter(state, moment), unopened, isProbe };
  if (action === "refresh-token") {
    // One immediate attempt with a fresh token, and back-off from then on. [V4]
    const { state: next, effects } = memory.didRefresh
      ? retry(memory, "refused", moment)
      : begin({ ...memory, didRefresh: true }, moment);
    return { state: next, effects: [{ type: "refuse-token", code }, ...effects] };
  }
  if (action === "wait" || state.bye) return waitAsTold(memory, state.bye ?? [], moment);
  return retryAfter(state, moment);
}

/** Goes on when the wait is over or the network is back, if there is a network. */
function resume(state: InState<"waiting">, { t }: ConnectionInput, moment: Moment): ConnectionStep {
  const { memory, retryAt, reason } = state;
  const isFree = reason === "offline" || (t === "hint" && reason !== "told");
  if (!isFree && moment.now < retryAt) return stay(state);
  return moment.isOnline ? begin(memory, moment) : waitForNetwork(memory, moment);
}

/** A code that means stop; those that concern who we are also end the token. */
function stop(code: number): ConnectionStep {
  const known = codeBy("closeCode", code) ?? "forbidden";
  const error = errorFromCode(known, "stay connected", { details: { closeCode: code } });
  const isIdentity = ["unauthenticated", "forbidden", "disabled"].includes(known);
  const effects: ConnectionEffect[] = isIdentity ? [{ type: "refuse-token", code }] : [];
  return { ...close(error), effects };
}

function close(error: ChatError | undefined): ConnectionStep {
  return stay({ status: "closed", ...(error && { error }) });
}

/** The same step, after the socket has been let go. */
function drop({ state, effects }: ConnectionStep): ConnectionStep {
  return { state, effects: [{ type: "drop" } satisfies ConnectionEffect, ...effects] };
}

function stay(state: ConnectionMachineState): ConnectionStep {
  return { state, effects: [] };
}
