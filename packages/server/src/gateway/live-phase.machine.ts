import { CLOSE_CODES, LIMITS } from "@confab/sdk/protocol";
import type { GatewayLimits } from "./gateway-limits.js";
import {
  close,
  stay,
  type LiveState,
  type SessionEffect,
  type SessionInput,
  type SessionStep,
} from "./session-state.js";

/** A connection that is welcomed now, with a token that is good for `remainingMs`. */
export function enterLive(
  { at, remainingMs, fraction }: Extract<SessionInput, { type: "authenticated" }>,
  limits: GatewayLimits,
): LiveState {
  return {
    phase: "live",
    heardAt: at,
    pingAt: at + fraction * limits.heartbeatMs,
    ...tokenTimes(at, remainingMs, limits),
    renewal: "idle",
    badFrames: [],
  };
}

/** When a live connection wants its next `tick`. */
export function nextLiveTick(state: LiveState, limits: GatewayLimits): number {
  const { pingAt, renewAt, tokenEndsAt, heardAt } = state;
  return Math.min(pingAt, renewAt, tokenEndsAt + limits.tokenGraceMs, heardAt + limits.silenceMs);
}

/** One step of a live connection: liveness, bad frames, tokens. Pure. [V1] [V4] [W4] */
export function stepLive(
  state: LiveState,
  input: SessionInput,
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
    case "auth":
      return takeToken({ ...state, heardAt: input.at });
    case "renewed":
      if (input.user === "other") return close(CLOSE_CODES.forbidden);
      return endRenewal({ ...state, ...tokenTimes(input.at, input.remainingMs, limits) });
    case "renewal-refused":
      return endRenewal(state, [{ type: "refuse-token" }]);
    default:
      return stay(state);
  }
}

/** A token that lives shorter than the usual notice is asked for at half of what is left. [V4] */
function tokenTimes(
  at: number,
  remainingMs: number,
  { tokenNoticeMs }: GatewayLimits,
): Pick<LiveState, "tokenEndsAt" | "renewAt"> {
  const noticeMs = remainingMs > tokenNoticeMs ? tokenNoticeMs : remainingMs / 2;
  return { tokenEndsAt: at + remainingMs, renewAt: at + Math.max(0, remainingMs - noticeMs) };
}

function takeToken(state: LiveState): SessionStep {
  if (state.renewal !== "idle") return stay({ ...state, renewal: "waiting" });
  return { state: { ...state, renewal: "verifying" }, effects: [{ type: "renew" }] };
}

function endRenewal(state: LiveState, effects: readonly SessionEffect[] = []): SessionStep {
  if (state.renewal !== "waiting") return { state: { ...state, renewal: "idle" }, effects };
  return { state: { ...state, renewal: "verifying" }, effects: [...effects, { type: "renew" }] };
}

function countBadFrame(state: LiveState, at: number): SessionStep {
  const recent = state.badFrames.filter((time) => at - time < LIMITS.badFrameWindowMs);
  const badFrames = [...recent, at];
  const refuse: SessionEffect = { type: "refuse-frame" };
  if (badFrames.length >= LIMITS.badFrameMaxCount) return close(CLOSE_CODES.protocol, [refuse]);
  return { state: { ...state, heardAt: at, badFrames }, effects: [refuse] };
}

function tickLive(state: LiveState, at: number, limits: GatewayLimits): SessionStep {
  if (at >= state.tokenEndsAt + limits.tokenGraceMs) return close(CLOSE_CODES.tokenExpired);
  if (at - state.heardAt >= limits.silenceMs) return close(CLOSE_CODES.heartbeat);
  const mustAsk = at >= state.renewAt;
  const mustPing = at >= state.pingAt;
  return {
    state: {
      ...state,
      ...(mustAsk ? { renewAt: Number.POSITIVE_INFINITY } : {}),
      ...(mustPing ? { pingAt: at + limits.heartbeatMs } : {}),
    },
    effects: [
      ...(mustAsk ? [{ type: "ask-token" } as const] : []),
      ...(mustPing ? [{ type: "ping" } as const] : []),
    ],
  };
}
