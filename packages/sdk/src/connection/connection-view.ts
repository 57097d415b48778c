import type { ConnectionState } from "./connection-state.js";
import type { ConnectionMachineState } from "./connection-step.js";

/**
 * The line as the application sees it. `toWallTime` turns a monotonic time into Unix milliseconds.
 * Returns `previous` when nothing of it changed.
 */
export function connectionView(
  machine: ConnectionMachineState,
  toWallTime: (monotonic: number) => number,
  previous: ConnectionState,
): ConnectionState {
  const next = view(machine, toWallTime);
  return isSame(previous, next) ? previous : next;
}

function view(
  machine: ConnectionMachineState,
  toWallTime: (monotonic: number) => number,
): ConnectionState {
  switch (machine.status) {
    case "idle":
    case "live":
      return { status: machine.status };
    case "closed":
      return machine;
    case "waiting": {
      const { memory, retryAt, reason } = machine;
      const attempt = memory.failures + 1;
      return { status: "waiting", attempt, retryAt: Math.round(toWallTime(retryAt)), reason };
    }
    default:
      return { status: "connecting", attempt: machine.memory.failures + 1 };
  }
}

/** Two readings of two clocks differ by a few milliseconds though nothing changed. */
const CLOCK_NOISE_MS = 100;

function isSame(left: ConnectionState, right: ConnectionState): boolean {
  if (left.status === "connecting" && right.status === "connecting") {
    return left.attempt === right.attempt;
  }
  if (left.status === "waiting" && right.status === "waiting") {
    const isSameTime = Math.abs(left.retryAt - right.retryAt) < CLOCK_NOISE_MS;
    return isSameTime && left.attempt === right.attempt && left.reason === right.reason;
  }
  return left.status === right.status;
}
