import { SUBPROTOCOL } from "@confab/sdk/protocol";
import type { AllowedOrigins } from "../auth/allowed-origins.js";

/** Where clients connect. [W1] */
export const WEBSOCKET_PATH = "/v1/ws";

/** The parts of an upgrade request that are judged. */
export interface UpgradeRequest {
  readonly method: string | undefined;
  /** Request target as it was sent: it is compared, never resolved. */
  readonly target: string | undefined;
  readonly upgrade: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly subprotocols: string | undefined;
}

/** What the request is judged by. */
export interface UpgradeRules {
  readonly isDraining: boolean;
  readonly capProblem: "total" | "address" | undefined;
  readonly origins: AllowedOrigins;
}

/** Why a connection is refused before it exists. `reason` is for the log. */
export interface UpgradeRefusal {
  readonly status: number;
  readonly reason: string;
  readonly retryAfterSeconds?: number;
}

const RETRY_AFTER_SECONDS = 5;

/** Names under which people put tokens into addresses, where logs and histories keep them. [H1] */
const TOKEN_PARAMETERS = ["token", "access_token", "auth", "jwt"];

/** Judges an upgrade request, in the order the protocol gives. Nothing means welcome. [H2] */
export function judgeUpgrade(
  request: UpgradeRequest,
  { isDraining, capProblem, origins }: UpgradeRules,
): UpgradeRefusal | undefined {
  const [path, query = ""] = (request.target ?? "").split("?", 2);
  if (path !== WEBSOCKET_PATH) return { status: 404, reason: "path" };
  if (request.method !== "GET") return { status: 405, reason: "method" };
  if (request.upgrade?.toLowerCase() !== "websocket") return { status: 426, reason: "upgrade" };
  const retryAfterSeconds = RETRY_AFTER_SECONDS;
  if (isDraining) return { status: 503, reason: "draining", retryAfterSeconds };
  if (capProblem === "address") return { status: 429, reason: "address-cap", retryAfterSeconds };
  if (capProblem === "total") return { status: 503, reason: "total-cap", retryAfterSeconds };
  if (request.origin !== undefined && !origins.allows(request.origin, request.host)) {
    return { status: 403, reason: "origin" };
  }
  const parameters = new URLSearchParams(query);
  if (TOKEN_PARAMETERS.some((name) => parameters.has(name))) {
    return { status: 400, reason: "token-in-query" };
  }
  const offered = (request.subprotocols ?? "").split(",").map((name) => name.trim());
  return offered.includes(SUBPROTOCOL) ? undefined : { status: 400, reason: "subprotocol" };
}
