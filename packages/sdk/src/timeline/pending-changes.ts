import { afterChange } from "../log/apply-event.js";
import type { Said } from "../log/said.js";
import { isUnanswered, type AskedOp, type OutboxEntry } from "../outbox/outbox-entry.js";
import type { Reaction } from "../protocol/model.js";

/** Ops of ours about a message, in send order, by the id of the message. */
export type PendingChanges = ReadonlyMap<string, readonly OutboxEntry[]>;

type ChangeOp = Exclude<AskedOp, { readonly k: "msg" }>;

const NO_CHANGES: PendingChanges = new Map();

/**
 * The ops among these that change a message instead of making one. What was asked for here shows on
 * top of what other tabs asked for.
 */
export function pendingChanges(pending: readonly OutboxEntry[]): PendingChanges {
  const changing = pending.filter(({ op }) => op.k !== "msg");
  if (changing.length === 0) return NO_CHANGES;
  const byTarget = new Map<string, OutboxEntry[]>();
  const others = changing.filter(({ tab }) => tab);
  for (const entry of [...others, ...changing.filter(({ tab }) => !tab)]) {
    const { target } = entry.op as ChangeOp;
    const known = byTarget.get(target);
    if (known) known.push(entry);
    else byTarget.set(target, [entry]);
  }
  return byTarget;
}

/**
 * A message with what we asked for and the log does not show yet; a deleted one takes no more. [B2]
 */
export function withChanges(
  said: Said,
  changes: readonly OutboxEntry[],
  viewerId: string,
): { readonly said: Said; readonly isPending: boolean; readonly failed?: OutboxEntry } {
  let current = said;
  let isPending = false;
  let failed: OutboxEntry | undefined;
  for (const entry of changes) {
    if (entry.progress.status === "failed") {
      failed = entry;
      continue;
    }
    isPending ||= isUnanswered(entry);
    if (current.deletedAt === undefined) current = withChange(current, entry, viewerId);
  }
  return { said: current, isPending, ...(failed && { failed }) };
}

function withChange(said: Said, { op, at, id }: OutboxEntry, viewerId: string): Said {
  const base = { t: "ev", room: op.room, id, seq: 0, by: viewerId, at } as const;
  switch (op.k) {
    case "msg":
      return said;
    case "react":
    case "unreact":
      return afterChange(said, { ...op, ...base, total: totalAfter(said.reactions, op, viewerId) });
    default:
      return afterChange(said, { ...op, ...base });
  }
}

/** How many mean it once our op is in the log, as far as we know who does. */
function totalAfter(
  reactions: readonly Reaction[] = [],
  { k, emoji }: Extract<AskedOp, { readonly emoji: string }>,
  viewerId: string,
): number {
  const { count = 0, users = [] } = reactions.find((it) => it.emoji === emoji) ?? {};
  const isOurs = users.includes(viewerId);
  if (k === "react") return isOurs ? count : count + 1;
  return isOurs ? count - 1 : count;
}
