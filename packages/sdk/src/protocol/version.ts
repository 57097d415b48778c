/**
 * Version of the wire this package speaks (`hello.v`, `welcome.v`). History:
 * `docs/reference/protocol.md`, section 11.
 */
export const PROTOCOL_VERSION = 1;

/** WebSocket subprotocol both sides must name. [W1] */
export const SUBPROTOCOL = "confab.v1";
