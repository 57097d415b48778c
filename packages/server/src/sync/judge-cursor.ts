import type { Cursor, ResetReason } from "@confab/sdk/protocol";
import type { CursorPosition } from "../storage/storage.js";

/** How far behind a cursor may be and still get events instead of a snapshot. */
export interface ReplayLimits {
  readonly replayMaxEvents: number;
  readonly replayMaxBytes: number;
}

/**
 * Whether a cursor is a place in this very log, near enough to go on from; otherwise why not.
 * `position` was read at the cursor's seq. [L4]
 */
export function judgeCursor(
  cursor: Cursor | undefined,
  position: CursorPosition,
  limits: ReplayLimits,
): ResetReason | "replay" {
  if (cursor === undefined) return "new";
  if (cursor.epoch !== position.epoch) return "epoch";
  if (cursor.seq > position.head) return "ahead";
  if (cursor.seq < position.minSeq - 1) return "truncated";
  if (cursor.chain !== position.chainAt) return "chain";
  const isFar =
    position.head - cursor.seq > limits.replayMaxEvents ||
    position.bytesAfter > limits.replayMaxBytes;
  return isFar ? "far" : "replay";
}
