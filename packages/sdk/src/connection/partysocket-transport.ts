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
    const socket = new ReconnectingWebSocket(url, [SUBPROTOCOL], {
      startClosed: true,
      maxRetries: 0,
      maxEnqueuedMessages: 0,
      connectionTimeout: OPEN_LIMIT_MS,
      WebSocket: webSocket,
    });
    const close = (): void => {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    };
    socket.onopen = () => {
      handlers.onOpen();
    };
    socket.onmessage = ({ data }: { data: unknown }) => {
      handlers.onMessage(typeof data === "string" ? data : "");
    };
    // What fails before there is a socket (a class that throws, a policy) is an error without
    // close.
    const end = ({ code = 1006 }: { code?: number }): void => {
      close();
      handlers.onClose(code);
    };
    socket.onclose = end;
    socket.onerror = () => {
      end({});
    };
    socket.reconnect();
    return {
      send(message) {
        socket.send(message);
      },
      close,
    };
  };
}
