import type { AskedOp } from "./asked-op.js";
import type { Lineage, SeenEvent, StoredEvent } from "./log-oracle.js";
import { principalOf } from "./token-office.js";
import { canonical } from "./wire-row.js";

/**
 * Every text an event may be sent as: with its words, and once they are deleted without them.
 * Words that were deleted before `since`, a moment of the world, may be on no wire. [I26]
 */
export function expectedEvents(lineage: Lineage, event: StoredEvent, since: number): string[] {
  const asked = lineage.truth(event.id);
  if (asked === undefined) return [];
  const erasure = erasureOf(lineage, asked);
  const isErased = erasure !== undefined && since > erasure.seenAt;
  const texts = isErased ? [] : [canonical(wireEvent(lineage, event, asked))];
  if (erasure !== undefined) texts.push(canonical(redacted(wireEvent(lineage, event, asked))));
  return texts;
}

/** The event that deleted the message whose words this op carried. */
function erasureOf(lineage: Lineage, asked: AskedOp): SeenEvent | undefined {
  if (asked.kind !== "msg" && asked.kind !== "edit") return undefined;
  const target = asked.target ?? asked.id;
  const deletion = lineage.fold.versions(target).find((row) => row.deletedAt !== undefined);
  return deletion === undefined ? undefined : lineage.at(deletion.rev);
}

function redacted(frame: Record<string, unknown>): Record<string, unknown> {
  const { mentions: _mentions, ...rest } = frame;
  return { ...rest, body: "", redacted: true };
}

function wireEvent(
  { room, fold }: Lineage,
  event: StoredEvent,
  asked: AskedOp,
): Record<string, unknown> {
  const { seq, id, by, at, kind, count } = event;
  const frame = { t: "ev", room, seq, id, by, at, k: kind };
  const { body, target } = asked;
  const mentions = asked.mentions === undefined ? {} : { mentions: asked.mentions };
  switch (asked.kind) {
    case "msg":
      return {
        ...frame,
        count,
        author: { name: principalOf(by).name, kind: principalOf(by).kind },
        body,
        format: "text",
        ...(asked.replyTo === undefined ? {} : { replyTo: asked.replyTo }),
        ...(asked.thread === undefined ? {} : { thread: asked.thread }),
        ...(asked.isInRoom === true ? { inRoom: true } : {}),
        ...mentions,
      };
    case "edit":
      return { ...frame, target, body, ...mentions };
    case "del": {
      const thread = fold.row(target ?? "")?.thread;
      return { ...frame, target, ...(thread === undefined ? {} : { thread }) };
    }
    case "react":
    case "unreact": {
      const users = fold.row(target ?? "", seq)?.reactions.get(asked.emoji ?? "") ?? [];
      return { ...frame, target, emoji: asked.emoji, total: users.length };
    }
    case "pin":
    case "unpin":
      return { ...frame, target };
  }
}
