import ReconnectingWebSocket from "partysocket/ws";
import { SUBPROTOCOL } from "../protocol/version.js";
import type { OpenTransport } from "./transport.js";

/** A socket that is not open after this long counts as failed. */
const OPEN_LIMIT_MS = 10_000;

/**
 * Transport over partysocket, used as a connector only: one attempt per call, no queue, no retry of
 * its own. [H5]
 *
 * `webSocket` is the class to use where the platform has none. The `onclose` property is read
 * instead of listeners, since listeners get no close code for closes that partysocket makes itself;
 * a failure to connect has code 1000 there, which in our protocol never means "stop".
 */
export function partysocketTransport(webSocket?: unknown): OpenTransport {
  return (url, handlers) => {
    let isOver = false;
    const socket = new ReconnectingWebSocket(url, [SUBPROTOCOL], {
      startClosed: true,
      maxRetries: 0,
      maxEnqueuedMessages: 0,
      connectionTimeout: OPEN_LIMIT_MS,
      ...(webSocket === undefined ? {} : { WebSocket: webSocket }),
    });
    const end = (code: number): void => {
      if (isOver) return;
      isOver = true;
      socket.close();
      handlers.onClose(code);
    };
    socket.onopen = () => {
      if (!isOver) handlers.onOpen();
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      if (!isOver) handlers.onMessage(typeof data === "string" ? data : "");
    };
    socket.onclose = ({ code }) => {
      end(code);
    };
    // A failure before there is a socket (a class that throws, a policy that forbids it) is
    // reported as an error alone.
    socket.onerror = () => {
      end(1006);
    };
    socket.reconnect();

    return {
      send(message) {
        if (!isOver) socket.send(message);
      },
      close() {
        if (isOver) return;
        isOver = true;
        socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
        socket.close();
      },
    };
  };
}
