import { backoffDelay, delayAfterLife } from "./backoff.js";
import type {
  AttemptMemory,
  ConnectionMachineState,
  ConnectionStep,
  InState,
  Moment,
  ReturnWindow,
} from "./connection-step.js";

/** A connection that lived this long after `welcome` sets the back-off to its beginning. [H4] */
const LIFE_MS = 10_000;
/** While the platform says offline, it is asked again this often, in case it forgets to tell. */
const OFFLINE_CHECK_MS = 5_000;
/** When the server is going away and did not say when to return. */
const DEFAULT_RETURN: ReturnWindow = [5_000, 30_000];
/** A server cannot keep a client away for longer than this with one `bye`. */
const RETURN_MAX_MS = 300_000;

/** Before the first attempt, and after a connection that lived. */
export const NO_MEMORY: AttemptMemory = { failures: 0, didRefresh: false };

/** Starts an attempt: with a token first. */
export function begin(memory: AttemptMemory): ConnectionStep {
  return { state: { status: "fetching-token", memory }, effects: [{ type: "request-token" }] };
}

/** The attempt after a live connection broke: soon, unless it broke at once. [H4] */
export function retryAfterLife(state: InState<"live">, moment: Moment): ConnectionStep {
  const memory = memoryAfter(state, moment);
  const lived = moment.now - state.since >= LIFE_MS;
  if (!lived) return retry(memory, "lost", moment);
  return waitFor(delayAfterLife(moment.random), memory, "lost", moment);
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

/** No attempt while the platform says that there is no network. [V2] */
export function waitForNetwork(memory: AttemptMemory, moment: Moment): ConnectionStep {
  const retryAt = moment.now + OFFLINE_CHECK_MS;
  return stay({ status: "waiting", memory, retryAt, reason: "offline", isDirected: false });
}

/** The attempt after a server said when to return. [V6] */
export function waitAsTold(
  memory: AttemptMemory,
  bye: ReturnWindow | undefined,
  moment: Moment,
): ConnectionStep {
  const [earliest, latest] = bye ?? DEFAULT_RETURN;
  const retryAt = moment.now + earliest + moment.random * (latest - earliest);
  return stay({ status: "waiting", memory, retryAt, reason: "lost", isDirected: true });
}

/** The memory for the next attempt: a fresh one after a connection that lived. [H4] */
export function memoryAfter(state: ConnectionMachineState, moment: Moment): AttemptMemory {
  if (state.status === "closed") return NO_MEMORY;
  const lived = state.status === "live" && moment.now - state.since >= LIFE_MS;
  return lived ? NO_MEMORY : state.memory;
}

/** Reads `bye.after`, which may come from a server that makes mistakes. */
export function returnWindow(after: readonly number[]): ReturnWindow {
  const [earliest = DEFAULT_RETURN[0], latest = earliest] = after;
  const start = Math.min(earliest, RETURN_MAX_MS);
  return [start, Math.min(Math.max(start, latest), RETURN_MAX_MS)];
}

function waitFor(
  delay: number,
  memory: AttemptMemory,
  reason: "lost" | "refused",
  moment: Moment,
): ConnectionStep {
  if (!moment.isOnline) return waitForNetwork(memory, moment);
  const retryAt = moment.now + delay;
  return stay({ status: "waiting", memory, retryAt, reason, isDirected: false });
}

function stay(state: ConnectionMachineState): ConnectionStep {
  return { state, effects: [] };
}
