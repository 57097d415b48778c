import type { AskedOp } from "./asked-op.js";
import type { FoldedRow } from "./log-fold.js";

/** What of a message can be seen, as text: two that look the same are the same text. */
export interface Look {
  readonly body: string;
  readonly isDeleted: boolean;
  readonly isPinned: boolean;
  /** Users by emoji. */
  readonly reactions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly replies: number;
  readonly mentions: readonly string[];
}

/** With more changes in doubt than this, every look is possible. */
export const DOUBTS_MAX = 6;

/** How a message looks from the log alone. */
export function lookOfRow(row: FoldedRow): Look {
  return {
    body: row.body,
    isDeleted: row.deletedAt !== undefined,
    isPinned: row.isPinned,
    reactions: new Map([...row.reactions].map(([emoji, users]) => [emoji, new Set(users)])),
    replies: row.replies?.count ?? 0,
    mentions: row.mentions,
  };
}

/** How a message looks that is only asked for. */
export function lookOfAsked(op: AskedOp): Look {
  return {
    body: op.body ?? "",
    isDeleted: false,
    isPinned: false,
    reactions: new Map(),
    replies: 0,
    mentions: op.mentions ?? [],
  };
}

/** How it looks with one more change shown before the server has answered. [B2] */
export function overlaid(look: Look, op: AskedOp): Look {
  if (look.isDeleted) return look;
  switch (op.kind) {
    case "edit":
      return { ...look, body: op.body ?? "", mentions: op.mentions ?? [] };
    case "del":
      return {
        ...look,
        body: "",
        isDeleted: true,
        isPinned: false,
        reactions: new Map(),
        mentions: [],
      };
    case "pin":
    case "unpin":
      return { ...look, isPinned: op.kind === "pin" };
    case "react":
    case "unreact":
      return { ...look, reactions: reacted(look.reactions, op) };
    case "msg":
      return look;
  }
}

/**
 * Every look with these changes on top, where those that may have been taken back are shown or not.
 */
export function looksWith(
  look: Look,
  ops: readonly AskedOp[],
  isOptional: (op: AskedOp) => boolean,
): Look[] {
  const optional = ops.filter(isOptional).slice(0, DOUBTS_MAX);
  const looks: Look[] = [];
  for (let mask = 0; mask < 2 ** optional.length; mask += 1) {
    const left = new Set(optional.filter((_, index) => (mask & (1 << index)) !== 0));
    looks.push(ops.filter((op) => !left.has(op)).reduce(overlaid, look));
  }
  return looks;
}

/** One text per look. */
export function textOf(look: Look): string {
  const reactions = [...look.reactions]
    .filter(([, users]) => users.size > 0)
    .map(([emoji, users]) => `${emoji}:${[...users].sort().join("+")}`)
    .sort();
  const flags = `${look.isDeleted ? "deleted " : ""}${look.isPinned ? "pinned " : ""}`;
  const mentions = look.mentions.length === 0 ? "" : ` @${[...look.mentions].sort().join("@")}`;
  return `"${look.body}" ${flags}${reactions.join(" ")} ${String(look.replies)}${mentions}`;
}

function reacted(reactions: Look["reactions"], { kind, emoji = "", by }: AskedOp) {
  const users = new Set(reactions.get(emoji));
  if (kind === "react") users.add(by);
  else users.delete(by);
  return new Map(reactions).set(emoji, users);
}
