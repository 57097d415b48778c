import type { OutboxEntry } from "../outbox/outbox-entry.js";
import type { Delivery, TimelineMessage } from "./timeline-item.js";

/** A message of ours that the log does not hold yet, or never will. */
export interface PendingMessage {
  readonly id: string;
  readonly body: string;
  readonly format: TimelineMessage["format"];
  readonly at: number;
  readonly delivery: Delivery;
  /** Its place in the log, when it is acked and the cursor is not there yet. [B3] */
  readonly seq?: number;
}

/** An op of the outbox as the timeline shows it; nothing when it is no message. */
export function pendingMessage(entry: OutboxEntry): PendingMessage | undefined {
  const { id, op, at, since, progress, fence, tab } = entry;
  if (op.k !== "msg") return undefined;
  const { body, format } = op;
  const shown = { id, body, format, at };
  switch (progress.status) {
    case "acked":
      return { ...shown, at: progress.at, seq: progress.seq, delivery: { status: "sent" } };
    case "failed":
      return { ...shown, delivery: progress };
    default:
      return {
        ...shown,
        delivery: {
          status: "pending",
          since,
          ...(fence === "cancelled" && { isCancelling: true }),
          ...(tab && { tab }),
        },
      };
  }
}
