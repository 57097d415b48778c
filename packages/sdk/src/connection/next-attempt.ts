import { backoffDelay, delayAfterLife } from "./backoff.js";
import type {
  AttemptMemory,
  ConnectionStep,
  InState,
  Moment,
  OnSocket,
} from "./connection-step.js";

/** A connection that lived this long after `welcome` sets the back-off to its beginning. [H4] */
const LIFE_MS = 10_000;
/** While the platform says offline, it is asked again this often, in case it forgets to tell. */
const OFFLINE_CHECK_MS = 5_000;
/** When the server is going away and did not say when to return. */
const RETURN_EARLIEST_MS = 5_000;
const RETURN_LATEST_MS = 30_000;
/** A server cannot keep a client away for longer than this with one `bye`. */
const RETURN_MAX_MS = 300_000;

/** Before the first attempt, and after a connection that lived. */
export const NO_MEMORY: AttemptMemory = { failures: 0, didRefresh: false };

/** Starts an attempt: with a token first. */
export function begin(memory: AttemptMemory): ConnectionStep {
  return { state: { status: "fetching-token", memory }, effects: [{ type: "request-token" }] };
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
  return hasLived(state, moment) ? NO_MEMORY : state.memory;
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
