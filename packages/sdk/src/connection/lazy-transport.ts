import type { OpenTransport, Transport } from "./transport.js";

/** A code of the network: nobody could be reached. */
const NOT_REACHED = 1006;

/**
 * A transport that is loaded when it is first needed. One that cannot be loaded is a line that
 * could not be made; the next attempt tries again.
 */
export function lazyTransport(load: () => Promise<OpenTransport>): OpenTransport {
  return (url, handlers) => {
    let isOver = false;
    let transport: Transport | undefined;
    load().then(
      (openTransport) => {
        if (!isOver) transport = openTransport(url, handlers);
      },
      () => {
        if (!isOver) handlers.onClose(NOT_REACHED);
      },
    );
    return {
      send(message) {
        transport?.send(message);
      },
      close() {
        isOver = true;
        transport?.close();
      },
    };
  };
}
