/** The token of a connection has run out. It stands apart because the client asks for it. [V4] */
export const TOKEN_EXPIRED = 4200;

/** WebSocket's own code for a message larger than somebody on the way takes. */
export const MESSAGE_TOO_LARGE = 1009;

/**
 * Why a connection was closed. The client decides by range (see `closeAction`), so a new code needs
 * no client update.
 */
export const CLOSE_CODES = {
  heartbeat: 4000,
  slowConsumer: 4001,
  resynchronise: 4002,
  storageUnavailable: 4003,
  noHello: 4004,
  tokenExpired: TOKEN_EXPIRED,
  tokenRefused: 4201,
  goingAway: 4300,
  overloaded: 4301,
  rateLimited: 4302,
  unauthenticated: 4500,
  forbidden: 4501,
  version: 4502,
  protocol: 4503,
  replaced: 4504,
  tooManyConnections: 4505,
  disabled: 4506,
} as const;

/**
 * What a client does after a close: reconnect, reconnect with a fresh token, reconnect when `bye`
 * said, or stop for good.
 */
export type CloseAction = "reconnect" | "refresh-token" | "wait" | "stop";

/**
 * Classifies a close code by its range. Codes of the network (1000–1015) never mean "stop": only
 * our own `close()` does.
 */
export function closeAction(code: number): CloseAction {
  if (code >= 4200 && code < 4300) return "refresh-token";
  if (code >= 4300 && code < 4400) return "wait";
  if (code >= 4500 && code < 5000) return "stop";
  return "reconnect";
}
