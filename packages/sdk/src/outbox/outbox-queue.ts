import { LIMITS } from "../protocol/limits.js";
import type { FenceOp } from "../protocol/operations.js";
import { isUnanswered, type OutboxEntry } from "./outbox-entry.js";
import type { OutboxEffect, OutboxState } from "./outbox-step.js";

/** The entries after what may be sent now was sent, and how to send it. */
export interface Flushed {
  readonly entries: readonly OutboxEntry[];
  readonly effects: readonly OutboxEffect[];
}

/**
 * Sends what may be sent now: in order, as many as the window allows, none past one whose record is
 * not durable; a suspect goes alone; in place of what is too old a fence. [O6] [O11] [B1] [B5]
 */
export function flushed({ entries, windowMaxOps }: OutboxState, now: number): Flushed {
  if (windowMaxOps === 0) return { entries, effects: [] };
  const unanswered = entries.filter(isUnanswered);
  const isAlone = (unanswered[0]?.strikes ?? 0) > 0;
  const inWindow = unanswered.slice(0, isAlone ? 1 : windowMaxOps);
  const barrier = inWindow.findIndex((entry) => entry.writesOwed > 0);
  const due = new Set(inWindow.slice(0, barrier < 0 ? inWindow.length : barrier));
  const frames: string[] = [];
  const next = entries.map((entry) => {
    if (entry.progress.status !== "queued" || !due.has(entry)) return entry;
    const sent = handedOver(entry, now);
    frames.push(frameOf(sent));
    return sent;
  });
  if (frames.length === 0) return { entries, effects: [] };
  return { entries: next, effects: [{ type: "transmit", frames, isAlone }] };
}

/** A clock that jumps back makes nothing older than it is. */
function handedOver(entry: OutboxEntry, now: number): OutboxEntry {
  const isExpired = !entry.fence && now - entry.since > LIMITS.opMaxAgeMs;
  return {
    ...entry,
    ...(isExpired && { fence: "expired" }),
    progress: { status: "sent" },
    wasSent: true,
  };
}

function frameOf({ fence, frame, room, id }: OutboxEntry): string {
  if (!fence) return frame;
  const op: FenceOp = { t: "op", room, id, k: "fence" };
  return JSON.stringify(op);
}
