import type { FlushTurn } from "./flush-turn.js";
import type { GatewayParts } from "./gateway-parts.js";
import type { Hub } from "./hub.js";
import type { PacedTurns } from "./paced-turns.js";
import type { Presence } from "./presence.js";
import type { Receipts } from "./receipts.js";
import type { RoomNews } from "./room-news.js";
import type { Typing } from "./typing.js";

/** What all sessions of a gateway share. */
export interface SessionParts extends GatewayParts {
  readonly hub: Hub;
  readonly turn: FlushTurn;
  readonly receipts: Receipts;
  readonly presence: Presence;
  readonly typing: Typing;
  readonly news: RoomNews;
  /** Paces the reading of room lists. */
  readonly listing: PacedTurns;
}
