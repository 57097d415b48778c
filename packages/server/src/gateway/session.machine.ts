import { CLOSE_CODES, LIMITS, PROTOCOL_VERSION } from "@confab/sdk/protocol";
import type { GatewayLimits } from "./gateway-limits.js";

/** Life of one connection, named by what it waits for. Times are monotonic milliseconds. */
export type SessionState =
  | { readonly phase: "awaiting-hello"; readonly deadline: number }
  | { readonly phase: "authenticating"; readonly deadline: number }
  | {
      readonly phase: "live";
      /** When the client was last heard. */
      readonly heardAt: number;
      readonly pingAt: number;
      /** When the token and its grace are over. */
      readonly expiresAt: number;
      /** When each recent bad frame came, oldest first. */
      readonly badFrames: readonly number[];
    }
  | { readonly phase: "draining" }
  | { readonly phase: "closed" };

/**
 * What can happen to a connection. Every input carries the time it happened, in monotonic
 * milliseconds.
 */
export type SessionInput = { readonly at: number } & (
  | { readonly type: "hello"; readonly version: number }
  /** Any other valid frame. */
  | { readonly type: "frame" }
  | { readonly type: "unknown-frame" }
  | { readonly type: "bad-frame" }
  /** A message that is no array of frames. */
  | { readonly type: "unreadable" }
  | { readonly type: "oversized" }
  /** The token is good for `remainingMs`; `fraction` in [0, 1) spreads the first ping. */
  | { readonly type: "authenticated"; readonly remainingMs: number; readonly fraction: number }
  | { readonly type: "refused"; readonly reason: "expired" | "invalid" }
  | { readonly type: "tick" }
  | { readonly type: "storage-failed" }
  | { readonly type: "slow" }
  | { readonly type: "replaced" }
  | { readonly type: "failed" }
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
  /** Announce the restart. */
  | { readonly type: "bye" }
  | { readonly type: "close"; readonly code: number }
  /** The socket is gone: forget everything. */
  | { readonly type: "forget" };

/** The next state, and what to do. */
export interface SessionStep {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** Close code for "the server made a mistake", from the WebSocket standard: clients reconnect. */
const INTERNAL_ERROR = 1011;

/** Close code for "the message is too big", from the WebSocket standard. */
const MESSAGE_TOO_BIG = 1009;

/** A connection that was just opened. */
export function openSession(at: number, limits: GatewayLimits): SessionState {
  return { phase: "awaiting-hello", deadline: at + limits.helloMs };
}

/** When the machine wants its next `tick`; never, if only its peer can change it. */
export function nextTick(state: SessionState, limits: GatewayLimits): number {
  if (state.phase === "awaiting-hello" || state.phase === "authenticating") return state.deadline;
  if (state.phase === "live") {
    return Math.min(state.pingAt, state.expiresAt, state.heardAt + limits.silenceMs);
  }
  return Number.POSITIVE_INFINITY;
}

/** One step of a connection's life. Pure. [H1] [V1] [W4] */
export function stepSession(
  state: SessionState,
  input: SessionInput,
  limits: GatewayLimits,
): SessionStep {
  if (state.phase === "closed") return stay(state);
  switch (input.type) {
    case "socket-closed":
      return { state: { phase: "closed" }, effects: [{ type: "forget" }] };
    case "unreadable":
      return close(CLOSE_CODES.protocol);
    case "oversized":
      return close(MESSAGE_TOO_BIG);
    case "storage-failed":
      return close(CLOSE_CODES.storageUnavailable);
    case "slow":
      return close(CLOSE_CODES.slowConsumer);
    case "replaced":
      return close(CLOSE_CODES.resynchronise);
    case "failed":
      return close(INTERNAL_ERROR);
    case "drained":
      return close(CLOSE_CODES.goingAway);
    case "drain":
      return drain(state);
    default:
      return stepPhase(state, input, limits);
  }
}

type PhaseInput = Extract<
  SessionInput,
  {
    type: "hello" | "frame" | "unknown-frame" | "bad-frame" | "authenticated" | "refused" | "tick";
  }
>;

function stepPhase(
  state: Exclude<SessionState, { phase: "closed" }>,
  input: PhaseInput,
  limits: GatewayLimits,
): SessionStep {
  switch (state.phase) {
    case "awaiting-hello":
      return stepAwaitingHello(state, input, limits);
    case "authenticating":
      return stepAuthenticating(state, input, limits);
    case "live":
      return stepLive(state, input, limits);
    case "draining":
      return stay(state);
  }
}

function stepAwaitingHello(
  state: Extract<SessionState, { phase: "awaiting-hello" }>,
  input: PhaseInput,
  limits: GatewayLimits,
): SessionStep {
  switch (input.type) {
    case "hello":
      if (input.version !== PROTOCOL_VERSION) return close(CLOSE_CODES.version);
      return {
        state: { phase: "authenticating", deadline: input.at + limits.helloMs },
        effects: [{ type: "authenticate" }],
      };
    case "frame":
      return close(CLOSE_CODES.noHello);
    case "bad-frame":
      // A hello that is not valid will not become so: the client is told to stop instead of being
      // left to time out.
      return close(CLOSE_CODES.protocol, [{ type: "refuse-frame" }]);
    case "tick":
      return input.at < state.deadline ? stay(state) : close(CLOSE_CODES.noHello);
    default:
      return stay(state);
  }
}

function stepAuthenticating(
  state: Extract<SessionState, { phase: "authenticating" }>,
  input: PhaseInput,
  limits: GatewayLimits,
): SessionStep {
  switch (input.type) {
    case "authenticated":
      return {
        state: {
          phase: "live",
          heardAt: input.at,
          pingAt: input.at + input.fraction * limits.heartbeatMs,
          expiresAt: input.at + input.remainingMs + limits.tokenGraceMs,
          badFrames: [],
        },
        effects: [{ type: "welcome" }],
      };
    case "refused":
      return close(
        input.reason === "expired" ? CLOSE_CODES.tokenExpired : CLOSE_CODES.unauthenticated,
      );
    case "frame":
      return { state, effects: [{ type: "hold" }] };
    case "hello":
      return close(CLOSE_CODES.protocol);
    case "bad-frame":
      return close(CLOSE_CODES.protocol, [{ type: "refuse-frame" }]);
    case "tick":
      return input.at < state.deadline ? stay(state) : close(CLOSE_CODES.noHello);
    case "unknown-frame":
      return stay(state);
  }
}

function stepLive(
  state: Extract<SessionState, { phase: "live" }>,
  input: PhaseInput,
  limits: GatewayLimits,
): SessionStep {
  switch (input.type) {
    case "frame":
      return { state: { ...state, heardAt: input.at }, effects: [{ type: "dispatch" }] };
    case "unknown-frame":
      return stay({ ...state, heardAt: input.at });
    case "hello":
    case "bad-frame":
      return countBadFrame(state, input.at);
    case "tick":
      return tickLive(state, input.at, limits);
    default:
      return stay(state);
  }
}

function countBadFrame(state: Extract<SessionState, { phase: "live" }>, at: number): SessionStep {
  const recent = state.badFrames.filter((time) => at - time < LIMITS.badFrameWindowMs);
  const badFrames = [...recent, at];
  const refuse: SessionEffect = { type: "refuse-frame" };
  if (badFrames.length >= LIMITS.badFrameMaxCount) return close(CLOSE_CODES.protocol, [refuse]);
  return { state: { ...state, heardAt: at, badFrames }, effects: [refuse] };
}

function tickLive(
  state: Extract<SessionState, { phase: "live" }>,
  at: number,
  limits: GatewayLimits,
): SessionStep {
  if (at >= state.expiresAt) return close(CLOSE_CODES.tokenExpired);
  if (at - state.heardAt >= limits.silenceMs) return close(CLOSE_CODES.heartbeat);
  if (at < state.pingAt) return stay(state);
  return {
    state: { ...state, pingAt: at + limits.heartbeatMs },
    effects: [{ type: "ping" }],
  };
}

/** Whoever is not live yet has nothing to wait for. */
function drain(state: SessionState): SessionStep {
  if (state.phase === "draining") return stay(state);
  const bye: SessionEffect = { type: "bye" };
  if (state.phase !== "live") return close(CLOSE_CODES.goingAway, [bye]);
  return { state: { phase: "draining" }, effects: [bye] };
}

function stay(state: SessionState): SessionStep {
  return { state, effects: [] };
}

function close(code: number, before: readonly SessionEffect[] = []): SessionStep {
  return { state: { phase: "closed" }, effects: [...before, { type: "close", code }] };
}
