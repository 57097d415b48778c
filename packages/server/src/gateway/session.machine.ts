import { CLOSE_CODES, PROTOCOL_VERSION } from "@confab/sdk/protocol";
import type { GatewayLimits } from "./gateway-limits.js";
import { enterLive, nextLiveTick, stepLive } from "./live-phase.machine.js";
import {
  close,
  stay,
  type SessionEffect,
  type SessionInput,
  type SessionState,
  type SessionStep,
} from "./session-state.js";

/** Close code for "all is said", from the WebSocket standard. */
const NORMAL_CLOSURE = 1000;

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
  return state.phase === "live" ? nextLiveTick(state, limits) : Number.POSITIVE_INFINITY;
}

/** One step of a connection's life. Pure. [H1] [V1] [V4] [W4] */
export function stepSession(
  state: SessionState,
  input: SessionInput,
  limits: GatewayLimits,
): SessionStep {
  if (state.phase === "closed") return stay(state);
  switch (input.type) {
    case "socket-closed":
      return { state: { phase: "closed" }, effects: [{ type: "forget" }] };
    case "drain":
      return drain(state);
    default: {
      const code = endingCode(input.type);
      return code === undefined ? stepPhase(state, input, limits) : close(code);
    }
  }
}

/** What ends every connection the same way, whatever it was doing. */
function endingCode(type: SessionInput["type"]): number | undefined {
  switch (type) {
    case "unreadable":
      return CLOSE_CODES.protocol;
    case "oversized":
      return MESSAGE_TOO_BIG;
    case "storage-failed":
      return CLOSE_CODES.storageUnavailable;
    case "slow":
      return CLOSE_CODES.slowConsumer;
    case "replaced":
      return CLOSE_CODES.resynchronise;
    case "failed":
      return INTERNAL_ERROR;
    case "left":
      return NORMAL_CLOSURE;
    case "drained":
      return CLOSE_CODES.goingAway;
    default:
      return undefined;
  }
}

function stepPhase(
  state: Exclude<SessionState, { phase: "closed" }>,
  input: SessionInput,
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
  input: SessionInput,
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
    case "auth":
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
  input: SessionInput,
  limits: GatewayLimits,
): SessionStep {
  switch (input.type) {
    case "authenticated":
      return { state: enterLive(input, limits), effects: [{ type: "welcome" }] };
    case "refused":
      return close(
        input.reason === "expired" ? CLOSE_CODES.tokenExpired : CLOSE_CODES.unauthenticated,
      );
    case "frame":
    case "auth":
      return { state, effects: [{ type: "hold" }] };
    case "hello":
      return close(CLOSE_CODES.protocol);
    case "bad-frame":
      return close(CLOSE_CODES.protocol, [{ type: "refuse-frame" }]);
    case "tick":
      return input.at < state.deadline ? stay(state) : close(CLOSE_CODES.noHello);
    default:
      return stay(state);
  }
}

/** Whoever is not live yet has nothing to wait for. */
function drain(state: SessionState): SessionStep {
  if (state.phase === "draining") return stay(state);
  const bye: SessionEffect = { type: "bye", code: CLOSE_CODES.goingAway };
  if (state.phase !== "live") return close(CLOSE_CODES.goingAway, [bye]);
  return { state: { phase: "draining" }, effects: [bye] };
}
