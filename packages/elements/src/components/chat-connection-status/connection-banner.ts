import type { ConnectionState } from "@confab/sdk";

/** What there is to say about a connection at one moment. */
export type ConnectionBanner =
  | { readonly kind: "none" }
  | { readonly kind: "offline" | "back" | "expired" | "version" | "closed" }
  | { readonly kind: "reconnecting" | "unreachable"; readonly retryAt?: number };

/** What a banner depends on besides the state itself. Times are Unix milliseconds. */
export interface ConnectionHistory {
  readonly now: number;
  /** When the connection was last live and no more; undefined while it is. */
  readonly lostAt?: number;
  readonly wasEverLive: boolean;
  /** When it came back after a banner had been shown. */
  readonly backAt?: number;
}

/** Interruptions shorter than this are nobody's business. */
const OFFLINE_AFTER_MS = 2000;
const LOST_AFTER_MS = 3000;
const BACK_FOR_MS = 2000;

/** The banner for a connection, and when to ask again. */
export function connectionBanner(
  state: ConnectionState | undefined,
  history: ConnectionHistory,
): { readonly banner: ConnectionBanner; readonly nextMs?: number } {
  if (!state || state.status === "idle") return { banner: { kind: "none" } };
  if (state.status === "live") return whileLive(history);
  if (state.status === "closed") return { banner: whenClosed(state) };
  return whileAway(state, history);
}

function whileLive({ backAt, now }: ConnectionHistory): ReturnType<typeof connectionBanner> {
  if (backAt === undefined || now - backAt >= BACK_FOR_MS) return { banner: { kind: "none" } };
  return { banner: { kind: "back" }, nextMs: BACK_FOR_MS - (now - backAt) };
}

function whenClosed(state: ConnectionState & { status: "closed" }): ConnectionBanner {
  // Closed without an error is what somebody wanted.
  if (!state.error) return { kind: "none" };
  const { code, retry } = state.error;
  if (retry === "refresh-token" || code === "token_provider") return { kind: "expired" };
  return { kind: code === "version" ? "version" : "closed" };
}

function whileAway(
  state: ConnectionState & { status: "connecting" | "waiting" },
  history: ConnectionHistory,
): ReturnType<typeof connectionBanner> {
  const awayMs = history.now - (history.lostAt ?? history.now);
  const isOffline = state.status === "waiting" && state.reason === "offline";
  const patienceMs = isOffline ? OFFLINE_AFTER_MS : LOST_AFTER_MS;
  if (awayMs < patienceMs) return { banner: { kind: "none" }, nextMs: patienceMs - awayMs };
  if (isOffline) return { banner: { kind: "offline" } };
  if (state.status === "waiting" && state.reason === "refused") {
    return { banner: { kind: "expired" } };
  }
  const kind = history.wasEverLive ? "reconnecting" : "unreachable";
  if (state.status === "connecting") return { banner: { kind } };
  return { banner: { kind, retryAt: state.retryAt }, nextMs: 1000 };
}
