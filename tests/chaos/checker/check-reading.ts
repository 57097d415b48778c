import type { Problem } from "./problem.js";
import type { StoredLog, StoredRoom } from "./stored-log.js";

interface UnreadQuery {
  readonly who: string;
  readonly user: string;
  /** Unread messages by room, as the client's room list has them. */
  readonly unread: Readonly<Record<string, number>>;
  readonly log: StoredLog;
}

/** What one client has as unread must be the room's count less the position in the file. [R2] */
export function checkUnread({ who, user, unread, log }: UnreadQuery): Problem[] {
  return [...log.values()].flatMap((room) => {
    const position = room.positions.find((stored) => stored.user === user);
    const expected = position === undefined ? 0 : room.count - position.count;
    const shown = unread[room.id] ?? 0;
    if (shown === expected) return [];
    const text = `${who} in ${room.id}: ${String(shown)} unread instead of ${String(expected)}`;
    return [{ type: "wrong", text }];
  });
}

/** Positions are within the log, count what lies before them, and follow what one says. [R1] */
export function checkPositions(log: StoredLog): Problem[] {
  return [...log.values()].flatMap((room) =>
    room.positions.flatMap((position): Problem[] => {
      const { user, seq, count } = position;
      const ownSeq = lastSaidBy(user, room);
      const counted = room.events[seq - 1]?.count ?? 0;
      if (seq <= room.head && seq >= ownSeq && count === counted) return [];
      const place = `${String(seq)} (${String(count)} messages)`;
      return [{ type: "wrong", text: `${room.id}: ${user} has read to ${place}` }];
    }),
  );
}

function lastSaidBy(user: string, { events }: StoredRoom): number {
  return events.findLast(({ kind, by }) => kind === "msg" && by === user)?.seq ?? 0;
}
