import type { Dump, ShownMessage } from "../client/command.js";
import { factsAbout, factsOfRow, type MessageFacts } from "./message-facts.js";
import { foldLog, isShownInRoom, type ExpectedMessage } from "./fold-log.js";
import type { Problem } from "./problem.js";
import type { StoredLog } from "./stored-log.js";

interface ViewQuery {
  readonly who: string;
  readonly dump: Dump;
  readonly log: StoredLog;
  /** Ids that were refused: they may still be shown, as failed. */
  readonly nacked: ReadonlySet<string>;
  /** `all` when the view was loaded to its start, else it is the newest part of the room. */
  readonly extent: "all" | "newest";
}

/**
 * What one client shows in the end must be the room: every message of its log once, in order, with
 * every later change, and nothing else. [B4]
 */
export function checkView({ who, dump, log, nacked, extent }: ViewQuery): Problem[] {
  return dump.flatMap(({ room, thread, messages }) => {
    const isPart = thread === undefined ? isShownInRoom : isReplyIn(thread);
    const stored = foldLog(log.get(room)?.events ?? []).filter(isPart);
    const settled = messages.filter(({ seq }) => seq !== undefined);
    const expected = extent === "all" ? stored : stored.slice(stored.length - settled.length);
    const where = `${who} in ${room}${thread === undefined ? "" : ` below ${thread}`}`;
    const waiting = messages.filter(({ seq, id }) => seq === undefined && !nacked.has(id));
    return [
      ...waiting.map(({ id }) => wrong(`${where}: ${id} still waits`)),
      ...compareOrder(where, settled, expected),
      ...compareRows(where, settled, expected),
    ];
  });
}

function isReplyIn(root: string): (message: ExpectedMessage) => boolean {
  return ({ thread }) => thread === root;
}

function compareOrder(
  where: string,
  shown: readonly ShownMessage[],
  expected: readonly ExpectedMessage[],
): Problem[] {
  const expectedIds = expected.map(({ id }) => id);
  const shownIds = shown.map(({ id }) => id);
  const shownSet = new Set(shownIds);
  const expectedSet = new Set(expectedIds);
  const problems: Problem[] = [];
  for (const id of expectedIds) {
    if (!shownSet.has(id)) problems.push({ type: "lost", text: `${where}: ${id} is not shown` });
  }
  for (const id of shownIds) {
    if (!expectedSet.has(id)) problems.push(wrong(`${where}: ${id} is shown and not in the log`));
  }
  if (shownSet.size < shownIds.length) {
    problems.push({ type: "doubled", text: `${where}: a message is shown twice` });
  }
  if (problems.length === 0 && shownIds.join() !== expectedIds.join()) {
    problems.push({ type: "reordered", text: `${where}: the order is another one` });
  }
  return problems;
}

function compareRows(
  where: string,
  shown: readonly ShownMessage[],
  expected: readonly ExpectedMessage[],
): Problem[] {
  const byId = new Map(expected.map((message) => [message.id, message]));
  return shown.flatMap((row) => {
    const message = byId.get(row.id);
    if (message === undefined) return [];
    const [has, needs] = [JSON.stringify(factsOf(row)), JSON.stringify(factsAbout(message))];
    return has === needs ? [] : [wrong(`${where}: ${row.id} is ${has} instead of ${needs}`)];
  });
}

function factsOf(row: ShownMessage): MessageFacts {
  return {
    ...factsOfRow({ ...row }),
    pinned: row.isPinned === true,
  };
}

function wrong(text: string): Problem {
  return { type: "wrong", text };
}
