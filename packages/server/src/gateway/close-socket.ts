import { CLOSE_CODES } from "@confab/sdk/protocol";
import type { Cancel, Clock } from "../platform/clock.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { Socket } from "./socket.js";

/**
 * Starts the closing handshake, and drops the connection if the other side does not end it in time:
 * soon for a slow consumer, whose memory is wanted back. The answer cancels that. [V3]
 */
export function closeSocket(
  socket: Socket,
  code: number,
  { clock, limits }: { clock: Clock; limits: GatewayLimits },
): Cancel {
  socket.close(code, "");
  const isSlow = code === CLOSE_CODES.slowConsumer;
  return clock.after(isSlow ? limits.slowTerminateMs : limits.terminateMs, () => {
    socket.terminate();
  });
}
