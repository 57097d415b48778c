import type { HistoryLine } from "../history.js";
import { foldLog } from "./fold-log.js";
import { Lives, type Life, type RecordedOp } from "./lives.js";
import type { Problem } from "./problem.js";
import type { StoredEvent, StoredLog } from "./stored-log.js";

/** What became of everything that was asked for. */
export interface Outcomes {
  readonly problems: readonly Problem[];
  readonly submitted: number;
  readonly acked: number;
  readonly nacked: number;
  /** Neither acked nor nacked, because who asked was killed before the answer. */
  readonly unknown: number;
  /** Acked, and thrown away with everything after a backup that was put back. */
  readonly rolledBack: number;
  /** Stored although the life that asked was killed before its history said so. */
  readonly unrecorded: number;
  /** Kills that came while somebody waited for an answer. */
  readonly killsUnderLoad: number;
}

interface HistoryQuery {
  readonly history: readonly HistoryLine[];
  readonly log: StoredLog;
  /** Logs that a restore threw away; only what the restored one did not hold. */
  readonly lostTails: readonly StoredEvent[];
}

/**
 * An op of a tab that was closed must have been kept by then, had it been asked for this long
 * before.
 */
const KEPT_AFTER_MS = 5_000;

/** Compares what clients were told with what the file holds. */
export function checkHistory({ history, log, lostTails }: HistoryQuery): Outcomes {
  const lives = new Lives(history);
  const stored = new Map<string, StoredEvent>();
  for (const room of log.values()) for (const event of room.events) stored.set(event.id, event);
  const lost = new Set(lostTails.map(placeOf));
  const lostIds = new Set(lostTails.map(({ id }) => id));
  const places: Places = { stored, lost, lostIds };
  const ops = lives.all.flatMap((life) => [...life.ops.values()]);
  const rolledBack = ops.filter((op) => isRolledBack(op, places)).length;
  const unrecorded = [...stored.values()].filter(({ id }) => !lives.ops.has(id));
  return {
    problems: [
      ...lives.all.flatMap((life) => [...judgeLife(life, places)]),
      ...history.flatMap((line) => judgeLine(line, places)),
      ...unrecorded.flatMap((event) => judgeUnrecorded(event, lives)),
      ...judgeWords(log, lives),
    ],
    submitted: ops.length,
    acked: ops.filter(({ ackedAt }) => ackedAt !== undefined).length,
    nacked: ops.filter(({ nackedAs }) => nackedAs !== undefined).length,
    unknown: ops.filter((op) => op.ackedAt === undefined && op.nackedAs === undefined).length,
    rolledBack,
    unrecorded: unrecorded.length,
    killsUnderLoad: history.filter((line) => isKillUnderLoad(line, ops)).length,
  };
}

/** Ops that were asked for so long before are not what a kill meets. */
const UNDER_WAY_MS = 10_000;

function isKillUnderLoad(line: HistoryLine, ops: readonly RecordedOp[]): boolean {
  if (line.type !== "fault" || !line.what.startsWith('{"type":"kill"')) return false;
  return ops.some(({ at, answeredAt = Number.POSITIVE_INFINITY }) => {
    return at < line.at && at > line.at - UNDER_WAY_MS && answeredAt > line.at;
  });
}

interface Places {
  readonly stored: ReadonlyMap<string, StoredEvent>;
  readonly lost: ReadonlySet<string>;
  readonly lostIds: ReadonlySet<string>;
}

function* judgeLife(life: Life, places: Places): Iterable<Problem> {
  const lastSeqs = new Map<string, number>();
  for (const op of life.ops.values()) {
    yield* judgeOp(op, life, places);
    const event = places.stored.get(op.id);
    if (event === undefined || isRolledBack(op, places)) continue;
    const last = lastSeqs.get(op.room) ?? 0;
    if (event.seq < last) {
      yield { type: "reordered", text: `${life.name}: ${op.id} stands before an earlier one` };
    }
    lastSeqs.set(op.room, event.seq);
  }
}

function* judgeOp(op: RecordedOp, life: Life, places: Places): Iterable<Problem> {
  const event = places.stored.get(op.id);
  const what = `${life.name}: ${op.kind} ${op.id} in ${op.room}`;
  if (op.ackedAt !== undefined) {
    const isHere = event?.room === op.room && event.seq === op.ackedAt;
    if (isHere || isRolledBack(op, places)) return;
    yield { type: "lost", text: `${what} was acked at ${String(op.ackedAt)} and is not there` };
    return;
  }
  if (op.nackedAs !== undefined) {
    if (event !== undefined) yield wrong(`${what} was refused as ${op.nackedAs} and is stored`);
    return;
  }
  if (life.endedAt === undefined) {
    yield wrong(`${what} was never answered`);
    return;
  }
  const wasKept = life.isKept && !op.isDiscarded && life.endedAt - op.at > KEPT_AFTER_MS;
  // It may have been sent by a later life, and thrown away by a restore after that.
  if (wasKept && event === undefined && !places.lostIds.has(op.id)) {
    yield { type: "lost", text: `${what} was kept by its browser and never sent` };
  }
}

function judgeLine(line: HistoryLine, places: Places): Problem[] {
  if (line.type === "broken") return [wrong(`${line.life} in ${line.room}: ${line.problem}`)];
  if (line.type !== "shown") return [];
  const event = places.stored.get(line.id);
  const isHere = event?.room === line.room && event.seq === line.seq;
  if (isHere || places.lost.has(placeOf(line))) return [];
  const where = `${line.room} ${String(line.seq)}`;
  return [{ type: "lost", text: `${line.life}: ${line.id} was shown at ${where}` }];
}

/** A client may be killed between asking and telling the history; nobody else may be silent. */
function judgeUnrecorded(event: StoredEvent, lives: Lives): Problem[] {
  const isExcused = lives.all.some(
    ({ user, endedAt }) => user === event.by && endedAt !== undefined,
  );
  return isExcused ? [] : [wrong(`${event.room} ${String(event.seq)}: nobody asked for this`)];
}

/** No message says anything but what its author wrote last, and no words are there twice. */
function judgeWords(log: StoredLog, lives: Lives): Problem[] {
  const problems: Problem[] = [];
  const bodies = new Map<string, string>();
  for (const room of log.values()) {
    for (const message of foldLog(room.events)) {
      if (message.deletedAt !== undefined) continue;
      const asked = lives.ops.get(message.wordsOf)?.body;
      if (asked !== undefined && asked !== message.body) {
        problems.push(wrong(`${room.id}: ${message.id} says "${message.body}"`));
      }
      const twin = bodies.get(message.body);
      bodies.set(message.body, message.id);
      if (twin === undefined) continue;
      problems.push({ type: "doubled", text: `${room.id}: ${twin} and ${message.id} are one` });
    }
  }
  return problems;
}

function isRolledBack({ room, id, ackedAt }: RecordedOp, { lost }: Places): boolean {
  return ackedAt !== undefined && lost.has(placeOf({ room, id, seq: ackedAt }));
}

function placeOf({ room, id, seq }: { room: string; id: string; seq: number }): string {
  return `${room} ${id} ${String(seq)}`;
}

function wrong(text: string): Problem {
  return { type: "wrong", text };
}
