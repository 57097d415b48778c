import { SUBPROTOCOL } from "@confab/sdk/protocol";
import { WebSocket } from "ws";

/** What to change about a good upgrade request. */
export interface UpgradeAttempt {
  readonly path?: string;
  readonly origin?: string;
  readonly protocol?: string;
}

/** The HTTP status an upgrade request gets, 101 if it succeeds, and when to come back if told. */
export function tryUpgrade(
  url: string,
  { path = "/v1/ws", origin, protocol = SUBPROTOCOL }: UpgradeAttempt = {},
): Promise<{ status: number; retryAfter?: string }> {
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, [protocol], {
    headers: origin === undefined ? {} : { origin },
  });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      socket.terminate();
      resolve({ status: 101 });
    });
    socket.on("unexpected-response", (request, response) => {
      request.destroy();
      const retryAfter = response.headers["retry-after"];
      const status = response.statusCode ?? 0;
      resolve(retryAfter === undefined ? { status } : { status, retryAfter });
    });
  });
}
