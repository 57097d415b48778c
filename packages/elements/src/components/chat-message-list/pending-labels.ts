import type { TimelineMessage } from "@confab/sdk";
import type { PendingLabel } from "../chat-message/row-context.js";

/** A send that is answered sooner is not worth a sign. */
const SENDING_AFTER_MS = 400;

/** How the pending messages of a list are labelled at one moment. [O8] */
export interface PendingLabels {
  labelOf(message: TimelineMessage): PendingLabel;
  /** When a label changes by time alone; undefined when none does. */
  readonly nextChangeMs: number | undefined;
}

/** Without a connection, all wait for one; only the last one shows it, the others their clock. */
export function pendingLabels(
  messages: readonly TimelineMessage[],
  now: number,
  connection: "live" | "offline",
): PendingLabels {
  const last = messages.findLast((message) => message.delivery.status === "pending");
  const waits = messages.map((message) => waitMs(message, now)).filter((wait) => wait > 0);
  return {
    nextChangeMs: waits.length === 0 ? undefined : Math.min(...waits),
    labelOf(message) {
      if (waitMs(message, now) > 0 || message.delivery.status !== "pending") return "none";
      if (connection === "live") return "sending";
      return message === last ? "waiting" : "queued";
    },
  };
}

/** Time until a message counts as still sending. */
function waitMs(message: TimelineMessage, now: number): number {
  if (message.delivery.status !== "pending") return 0;
  return message.delivery.since + SENDING_AFTER_MS - now;
}
