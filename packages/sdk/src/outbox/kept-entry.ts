import { errorFromCode } from "../errors.js";
import { utf8Length } from "../protocol/text.js";
import { purposeOf } from "./purpose-of.js";
import type { AskedOp, OutboxEntry } from "./outbox-entry.js";

/** An op of the outbox as it is written down: plain JSON. */
export interface KeptEntry {
  readonly id: string;
  readonly room: string;
  readonly frame: string;
  readonly since: number;
  readonly at: number;
  /** It may have been handed to a socket. */
  readonly wasSent: boolean;
  /** Somebody does not want it any more, and only the server can say whether it is too late. */
  readonly isCancelled?: true;
  /** Code of its refusal, when it failed. */
  readonly code?: string;
}

/** The record of an op, as it is after it was handed to a socket or as it is before. */
export function keptEntry(entry: OutboxEntry): KeptEntry {
  const { id, room, frame, since, at, isMarked, fence, progress } = entry;
  return {
    id,
    room,
    frame,
    since,
    at,
    wasSent: isMarked,
    ...(fence === "cancelled" && { isCancelled: true }),
    ...(progress.status === "failed" && { code: progress.error.code }),
  };
}

/** The op of a record; nothing when its frame cannot be read. */
export function entryOfKept(kept: KeptEntry): OutboxEntry | undefined {
  const { id, room, frame, since, at, wasSent, isCancelled, code } = kept;
  const op = opOf(frame);
  if (!op) return undefined;
  const error = code === undefined ? undefined : errorFromCode(code, purposeOf(op));
  return {
    id,
    room,
    frame,
    bytes: utf8Length(frame),
    op,
    since,
    at,
    progress: error ? { status: "failed", error } : { status: "queued" },
    // Whoever gave it up may have worked from memory, and sent it without writing so down.
    wasSent: wasSent || isCancelled === true,
    ...(isCancelled && { fence: "cancelled" }),
    isMarked: wasSent,
    writesOwed: 0,
    isOld: false,
    strikes: 0,
  };
}

/** A newer version of this package may have written a kind this one does not know. [W3] */
function opOf(frame: string): AskedOp | undefined {
  try {
    const op = JSON.parse(frame) as AskedOp | null;
    return typeof op?.k === "string" ? op : undefined;
  } catch {
    return undefined;
  }
}
