import type { Principal } from "../auth/principal.js";
import type { OpOutcome } from "../operations/operation-runner.js";
import { encodeEvent } from "../sync/encode-event.js";
import type { SessionParts } from "./session-parts.js";

/** An event that was stored just now. */
type StoredEvent = NonNullable<Extract<OpOutcome, { type: "ack" }>["event"]>;

/**
 * Tells everybody of an event that was stored: those who follow the room, and those who have it in
 * their list. A message has moved its author's read position to it. [O7] [R1]
 */
export function publishEvent(
  { hub, news, receipts }: Pick<SessionParts, "hub" | "news" | "receipts">,
  author: Principal,
  event: StoredEvent,
): void {
  hub.publish(encodeEvent(event));
  news.published(event);
  if (event.kind === "msg") receipts.raised(author, event.room, event);
}
