/** Life of one connection, named by what it waits for. Times are monotonic milliseconds. */
export type SessionState =
  | { readonly phase: "awaiting-hello"; readonly deadline: number }
  | { readonly phase: "authenticating"; readonly deadline: number }
  | LiveState
  | { readonly phase: "draining" }
  | { readonly phase: "closed" };

/** A connection that was welcomed. */
export interface LiveState {
  readonly phase: "live";
  /** When the client was last heard. */
  readonly heardAt: number;
  readonly pingAt: number;
  /** When the token ends; the connection outlives it by a grace. [V4] */
  readonly tokenEndsAt: number;
  /** When the client is asked for a fresh token; infinity once it was. */
  readonly renewAt: number;
  /** Fresh tokens are verified one at a time: of those that come meanwhile, the newest waits. */
  readonly renewal: "idle" | "verifying" | "waiting";
  /** When each recent bad frame came, oldest first. */
  readonly badFrames: readonly number[];
}

/**
 * What can happen to a connection. Every input carries the time it happened, in monotonic
 * milliseconds.
 */
export type SessionInput = { readonly at: number } & (
  | { readonly type: "hello"; readonly version: number }
  /** Any other valid frame. */
  | { readonly type: "frame" }
  /** A fresh token, which the driver keeps in place of an older one. */
  | { readonly type: "auth" }
  | { readonly type: "unknown-frame" }
  | { readonly type: "bad-frame" }
  /** A message that is no array of frames. */
  | { readonly type: "unreadable" }
  | { readonly type: "oversized" }
  /** The token is good for `remainingMs`; `fraction` in [0, 1) spreads the first ping. */
  | { readonly type: "authenticated"; readonly remainingMs: number; readonly fraction: number }
  | { readonly type: "refused"; readonly reason: "expired" | "invalid" }
  /** A fresh token is good for `remainingMs`, and proves the same user or another one. */
  | {
      readonly type: "renewed";
      readonly remainingMs: number;
      readonly user: "same" | "other";
    }
  | { readonly type: "renewal-refused" }
  | { readonly type: "tick" }
  | { readonly type: "storage-failed" }
  | { readonly type: "slow" }
  | { readonly type: "replaced" }
  | { readonly type: "failed" }
  /** Whoever made this connection has heard what it wanted to hear. */
  | { readonly type: "left" }
  | { readonly type: "drain" }
  | { readonly type: "drained" }
  | { readonly type: "socket-closed" }
);

/** What the driver must do. */
export type SessionEffect =
  /** Verify the token of the `hello`. */
  | { readonly type: "authenticate" }
  | { readonly type: "welcome" }
  /** Act on the frame that came. */
  | { readonly type: "dispatch" }
  /** Keep the frame until the connection is live. */
  | { readonly type: "hold" }
  /** Answer that the frame was refused. */
  | { readonly type: "refuse-frame" }
  | { readonly type: "ping" }
  /** Ask for a fresh token. [V4] */
  | { readonly type: "ask-token" }
  /** Verify the newest of the fresh tokens. */
  | { readonly type: "renew" }
  /** Answer that a fresh token is not good. */
  | { readonly type: "refuse-token" }
  /** Say when to come back after the close with this code. */
  | { readonly type: "bye"; readonly code: number }
  | { readonly type: "close"; readonly code: number }
  /** The socket is gone: forget everything. */
  | { readonly type: "forget" };

/** The next state, and what to do. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** Nothing to do, whatever the state is now. */
export function stay(state: SessionState): SessionStep {
  return { state, effects: [] };
}

/** The end, after some last words. */
export function close(code: number, before: readonly SessionEffect[] = []): SessionStep {
  return { state: { phase: "closed" }, effects: [...before, { type: "close", code }] };
}
