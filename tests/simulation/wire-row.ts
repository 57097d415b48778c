import type { MessageRow } from "@confab/sdk/protocol";
import type { FoldedRow } from "./log-fold.js";
import { principalOf } from "./token-office.js";
import { demand } from "./violation.js";

/** People named beside a reaction. */
const NAMED_USERS = 20;

/** The row as the protocol says that it stands in a snapshot or a page. */
export function wireRow(row: FoldedRow): MessageRow {
  const { name, kind } = principalOf(row.by);
  return {
    id: row.id,
    seq: row.seq,
    rev: row.rev,
    count: row.count,
    by: row.by,
    at: row.at,
    author: { name, kind },
    body: row.body,
    format: "text",
    ...(row.replyTo === undefined ? {} : { replyTo: row.replyTo }),
    ...(row.thread === undefined ? {} : { thread: row.thread }),
    ...(row.isInRoom ? { inRoom: true } : {}),
    ...(row.replies === undefined ? {} : { replies: row.replies }),
    ...(row.mentions.length === 0 ? {} : { mentions: [...row.mentions] }),
    ...(row.reactions.size === 0 ? {} : { reactions: reactionsOf(row) }),
    ...(row.editedAt === undefined ? {} : { editedAt: row.editedAt }),
    ...(row.deletedAt === undefined ? {} : { deletedAt: row.deletedAt }),
    ...(row.isPinned ? { pinned: true } : {}),
  };
}

/** The rows the server sent must be these, to the last field. [I5] */
export function demandRows(
  what: string,
  sent: readonly MessageRow[],
  expected: readonly FoldedRow[],
): void {
  const ids = (rows: readonly { readonly id: string }[]): string =>
    rows.map((row) => row.id.slice(-4)).join(" ");
  demand(ids(sent) === ids(expected), "I5", () => `${what}: ${ids(sent)} for ${ids(expected)}`);
  for (const [index, row] of expected.entries()) {
    const there = canonical(sorted(sent[index] as MessageRow));
    const due = canonical(sorted(wireRow(row)));
    demand(there === due, "I5", () => `${what}: row ${there} instead of ${due}`);
  }
}

function reactionsOf(row: FoldedRow): NonNullable<MessageRow["reactions"]> {
  return [...row.reactions].map(([emoji, users]) => ({
    emoji,
    count: users.length,
    users: users.slice(0, NAMED_USERS),
  }));
}

/** Which reaction stands first is nobody's promise. */
function sorted(row: MessageRow): MessageRow {
  if (row.reactions === undefined) return row;
  const order = [...row.reactions].sort((one, two) => (one.emoji < two.emoji ? -1 : 1));
  return { ...row, reactions: order };
}

/** The same text for the same data, whatever the order of its fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    field !== null && typeof field === "object" && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([one], [two]) => (one < two ? -1 : 1)))
      : field,
  );
}
