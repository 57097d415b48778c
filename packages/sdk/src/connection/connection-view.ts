import type { ConnectionState } from "./connection-state.js";
import type { ConnectionMachineState } from "./connection-step.js";

/**
 * The line as the application sees it. `offsetMs` added to a monotonic time gives Unix
 * milliseconds.
 */
export function connectionView(machine: ConnectionMachineState, offsetMs: number): ConnectionState {
  const { status } = machine;
  if (status === "closed") return machine;
  if (status === "idle") return { status };
  if (status === "live") return { status, via: machine.via };
  const attempt = machine.memory.failures + 1;
  if (status !== "waiting") return { status: "connecting", attempt };
  const reason = machine.reason === "told" ? "lost" : machine.reason;
  return { status, attempt, retryAt: Math.round(machine.retryAt + offsetMs), reason };
}
