import type { RoomLogState } from "../log/room-log-step.js";
import type { ReadPosition } from "../protocol/reading.js";

/**
 * The read position at a seq, or at the end of what is held: with the count of the newest message
 * up to there. Nothing while nothing of the log is known. [R2]
 */
export function positionAt(
  { cursor, rows }: RoomLogState,
  seq = Infinity,
): ReadPosition | undefined {
  if (!cursor) return undefined;
  // Before the window nobody knows the count: 0 leaves it to the server.
  const count = rows.findLast((row) => row.seq <= seq)?.count ?? 0;
  return { seq: Math.min(seq, cursor.seq), count };
}
