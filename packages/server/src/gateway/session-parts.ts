import type { FlushTurn } from "./flush-turn.js";
import type { GatewayParts } from "./gateway-parts.js";
import type { Hub } from "./hub.js";

/** What all sessions of a gateway share. */
export interface SessionParts extends GatewayParts {
  readonly hub: Hub;
  readonly turn: FlushTurn;
}
