import type { RoomInfo } from "@confab/sdk/protocol";

/** Which rooms exist without anybody having made them. */
export interface RoomRules {
  /** Ids of rooms that exist from the start. */
  readonly listed: readonly string[];
  /** Patterns with `*` for any text: rooms that come into being when first opened. */
  readonly patterns: readonly string[];
}

/** Splits entries into ids and patterns. */
export function makeRoomRules(entries: readonly string[]): RoomRules {
  return {
    listed: entries.filter((entry) => !entry.includes("*")),
    patterns: entries.filter((entry) => entry.includes("*")),
  };
}

/** The room this id stands for by the rules alone, whether or not it was opened before. */
export function roomByRules(rules: RoomRules, roomId: string): RoomInfo | undefined {
  const exists =
    rules.listed.includes(roomId) || rules.patterns.some((pattern) => matches(pattern, roomId));
  return exists ? { id: roomId, kind: "public", name: displayName(roomId) } : undefined;
}

/**
 * Greedy from the left: each piece between stars must follow the one before, in linear time and
 * without a regular expression.
 */
function matches(pattern: string, text: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces.shift() ?? "";
  const last = pieces.pop() ?? "";
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let position = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return position <= end;
}

function displayName(roomId: string): string {
  return roomId.charAt(0).toUpperCase() + roomId.slice(1);
}
