import type { ReadingState } from "./reading-step.js";

/** What the application sees of its own reading in a room. */
export interface Unread {
  /** Messages after what I have read; 0 where I never read or wrote anything. [R2] */
  readonly unread: number;
  /** How many of them mention me. */
  readonly mentions: number;
  /** Everything up to here I have read; absent where I never read or wrote anything. */
  readonly readSeq?: number;
}

/** A function of what the server told and of what it is about to be told: it cannot drift. [R2] */
export function readingView({ own, slot, mirror, past, ...room }: ReadingState): Unread {
  const positions = [own, slot, mirror, past?.own].filter((position) => position !== undefined);
  if (positions.length === 0) return { unread: 0, mentions: room.mentions };
  const readSeq = Math.max(...positions.map(({ seq }) => seq));
  const count = Math.max(room.count, past?.count ?? 0);
  const readCount = Math.max(...positions.map(({ count }) => count));
  return {
    unread: Math.max(0, count - readCount),
    mentions: readSeq >= room.toldHead ? 0 : room.mentions,
    readSeq,
  };
}
