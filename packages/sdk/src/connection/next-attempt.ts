import { backoffDelay, delayAfterLife } from "./backoff.js";
import type {
  AttemptMemory,
  ConnectionStep,
  InState,
  Moment,
  OnSocket,
  Via,
} from "./connection-step.js";

/** A connection that lived this long after `welcome` sets the back-off to its beginning. [H4] */
const LIFE_MS = 10_000;
/**
 * The application has less than this for its token; a little more is waited, so that nothing waits
 * for ever.
 */
const TOKEN_LIMIT_MS = 12_000;
/** After so many sockets in a row that did not open, HTTP is tried. */
const UNOPENED_MAX_COUNT = 3;
/** While frames travel by HTTP, a socket is tried this soon, and then this often. */
const FIRST_PROBE_MS = 10_000;
const PROBE_EVERY_MS = 300_000;
/** While the platform says offline, it is asked again this often, in case it forgets to tell. */
const OFFLINE_CHECK_MS = 5_000;
/** When the server is going away and did not say when to return. */
const RETURN_EARLIEST_MS = 5_000;
const RETURN_LATEST_MS = 30_000;
/** A server cannot keep a client away for longer than this with one `bye`. */
const RETURN_MAX_MS = 300_000;

/** What is known of sockets before one failed to open, and once one has opened. */
export const SOCKETS_OPEN = { unopened: 0, isProbe: false } as const;

/** Before the first attempt, and after a connection that lived. */
export const NO_MEMORY: AttemptMemory = {
  failures: 0,
  didRefresh: false,
  ...SOCKETS_OPEN,
};

/** Starts an attempt: with a token first. */
export function begin(memory: AttemptMemory, { now }: Moment): ConnectionStep {
  const state = { status: "fetching-token", memory, deadline: now + TOKEN_LIMIT_MS } as const;
  return { state, effects: [{ type: "request-token" }] };
}

/** By what the attempt goes: three sockets that did not open make it HTTP. */
export function viaOf({ unopened, isProbe }: AttemptMemory): Via {
  return unopened >= UNOPENED_MAX_COUNT && !isProbe ? "http" : "socket";
}

/**
 * How long a line by HTTP lives before a socket is tried again: not long the first time, since
 * sockets fail without a server too.
 */
export function probeDelay({ unopened }: AttemptMemory): number {
  return unopened > UNOPENED_MAX_COUNT ? PROBE_EVERY_MS : FIRST_PROBE_MS;
}

/** The attempt after one that failed: backed off. [H4] */
export function retry(
  memory: AttemptMemory,
  reason: "lost" | "refused",
  moment: Moment,
): ConnectionStep {
  const delay = backoffDelay(memory.failures, moment.random);
  return waitFor(delay, { ...memory, failures: memory.failures + 1 }, reason, moment);
}

/** The attempt after a socket was lost: soon, if the connection lived; else backed off. [H4] */
export function retryAfter(state: OnSocket, moment: Moment): ConnectionStep {
  const memory = memoryAfter(state, moment);
  if (state.status === "opening" && state.memory.isProbe && moment.isOnline) {
    return begin(memory, moment);
  }
  if (!hasLived(state, moment)) return retry(memory, "lost", moment);
  return waitFor(delayAfterLife(moment.random), memory, "lost", moment);
}

/** The attempt after a server said when to return: `bye.after`, if it said so. [V6] */
export function waitAsTold(
  memory: AttemptMemory,
  [earliest = RETURN_EARLIEST_MS, latest = RETURN_LATEST_MS]: readonly number[],
  { now, random }: Moment,
): ConnectionStep {
  const delay = earliest + random * (latest - earliest);
  return waiting(memory, now + Math.min(delay, RETURN_MAX_MS), "told");
}

/** No attempt while the platform says that there is no network. [V2] */
export function waitForNetwork(memory: AttemptMemory, moment: Moment): ConnectionStep {
  return waiting(memory, moment.now + OFFLINE_CHECK_MS, "offline");
}

/** The memory for the next attempt: a fresh one after a connection that lived. [H4] */
export function memoryAfter(state: OnSocket, moment: Moment): AttemptMemory {
  const { failures, didRefresh } = hasLived(state, moment) ? NO_MEMORY : state.memory;
  return { failures, didRefresh, ...lineAfter(state) };
}

/** A line by HTTP that fails goes back to sockets; one that worked asks for a socket first. */
function lineAfter({ status, via, memory }: OnSocket): Pick<AttemptMemory, "unopened" | "isProbe"> {
  if (via === "http" && status === "live") return { unopened: memory.unopened, isProbe: true };
  if (via === "http" || status !== "opening") return SOCKETS_OPEN;
  return { unopened: memory.unopened + 1, isProbe: false };
}

function hasLived(state: OnSocket, moment: Moment): boolean {
  return state.status === "live" && moment.now - state.since >= LIFE_MS;
}

function waitFor(
  delay: number,
  memory: AttemptMemory,
  reason: "lost" | "refused",
  moment: Moment,
): ConnectionStep {
  if (!moment.isOnline) return waitForNetwork(memory, moment);
  return waiting(memory, moment.now + delay, reason);
}

function waiting(
  memory: AttemptMemory,
  retryAt: number,
  reason: InState<"waiting">["reason"],
): ConnectionStep {
  return { state: { status: "waiting", memory, retryAt, reason }, effects: [] };
}
