import type { AskedOp } from "./asked-op.js";
import type { StoredEvent } from "./log-oracle.js";
import { demand } from "./violation.js";

/** A message after some event of its log. Absent fields stand for "none". */
export interface FoldedRow {
  readonly id: string;
  readonly seq: number;
  readonly rev: number;
  readonly count: number;
  readonly by: string;
  readonly at: number;
  readonly body: string;
  readonly replyTo?: string | undefined;
  readonly thread?: string | undefined;
  readonly isInRoom: boolean;
  readonly mentions: readonly string[];
  readonly replies?: { readonly count: number; readonly lastSeq: number } | undefined;
  /** Users by emoji, each in the order they reacted. */
  readonly reactions: ReadonlyMap<string, readonly string[]>;
  readonly editedAt?: number | undefined;
  readonly deletedAt?: number | undefined;
  readonly isPinned: boolean;
}

/** Words as they were asked for: the log forgets those of deleted messages. */
export type Truth = (id: string) => AskedOp | undefined;

/**
 * What a log means, computed a second time and independently: every message after every event that
 * changed it. Events the rules forbid are violations here. [I5] [O10]
 */
export class LogFold {
  readonly #room: string;
  readonly #truth: Truth;
  /** Versions of each message, oldest first. */
  readonly #versions = new Map<string, FoldedRow[]>();
  /** Seqs of the messages shown in the room, ascending. */
  readonly shown: number[] = [];
  readonly #replies = new Map<string, string[]>();

  constructor(room: string, truth: Truth) {
    this.#room = room;
    this.#truth = truth;
  }

  versions(id: string): readonly FoldedRow[] {
    return this.#versions.get(id) ?? [];
  }

  /** The message as it was at a moment of the log. */
  row(id: string, seq = Number.POSITIVE_INFINITY): FoldedRow | undefined {
    return this.versions(id).findLast((version) => version.rev <= seq);
  }

  rows(): IterableIterator<string> {
    return this.#versions.keys();
  }

  /** Ids of the replies in a thread, in their order. */
  replies(root: string): readonly string[] {
    return this.#replies.get(root) ?? [];
  }

  apply(event: StoredEvent): void {
    const asked = this.#truth(event.id);
    demand(asked !== undefined, "I12", () => `${event.id} is in the log and nobody asked for it`);
    demand(
      asked.kind === event.kind && asked.by === event.by && asked.room === this.#room,
      "I5",
      () => `${event.id} is in the log as something else than was asked for`,
    );
    demand(!event.by.startsWith("reader"), "I23", () => `${event.by} wrote without permission`);
    if (asked.kind === "msg") this.#create(event, asked);
    else this.#change(event, asked);
  }

  #create(event: StoredEvent, asked: AskedOp): void {
    const { thread, isInRoom = false } = asked;
    this.#put({
      id: event.id,
      seq: event.seq,
      rev: event.seq,
      count: event.count,
      by: event.by,
      at: event.at,
      body: asked.body ?? "",
      replyTo: asked.replyTo,
      thread,
      isInRoom,
      mentions: asked.mentions ?? [],
      reactions: new Map(),
      isPinned: false,
    });
    if (thread === undefined || isInRoom) this.shown.push(event.seq);
    if (thread !== undefined) this.#reply(event, thread);
    if (asked.replyTo !== undefined) this.#mustExist(event, asked.replyTo);
  }

  #reply(event: StoredEvent, thread: string): void {
    const root = this.#mustExist(event, thread);
    demand(root.thread === undefined, "I5", () => `${event.id} replies to a reply`);
    const replies = this.#replies.get(thread);
    if (replies === undefined) this.#replies.set(thread, [event.id]);
    else replies.push(event.id);
    const count = (root.replies?.count ?? 0) + 1;
    this.#put({ ...root, rev: event.seq, replies: { count, lastSeq: event.seq } });
  }

  #change(event: StoredEvent, asked: AskedOp): void {
    const row = this.#mustExist(event, asked.target ?? "");
    demand(row.deletedAt === undefined, "I5", () => `${event.id} changes what was deleted`);
    const rev = event.seq;
    switch (asked.kind) {
      case "edit":
        this.#mustBeOwn(event, row);
        return this.#put({
          ...row,
          rev,
          body: asked.body ?? "",
          mentions: asked.mentions ?? [],
          editedAt: event.at,
        });
      case "del":
        this.#mustBeOwn(event, row);
        return this.#delete(event, row);
      case "react":
      case "unreact":
        return this.#put({ ...row, rev, reactions: reacted(row, asked) });
      case "pin":
      case "unpin":
        return this.#put({ ...row, rev, isPinned: asked.kind === "pin" });
      case "msg":
    }
  }

  #delete(event: StoredEvent, row: FoldedRow): void {
    this.#put({
      ...row,
      rev: event.seq,
      body: "",
      mentions: [],
      reactions: new Map(),
      editedAt: undefined,
      deletedAt: event.at,
      isPinned: false,
    });
    const root = row.thread === undefined ? undefined : this.row(row.thread);
    if (root?.replies === undefined) return;
    const { count, lastSeq } = root.replies;
    this.#put({ ...root, rev: event.seq, replies: { count: count - 1, lastSeq } });
  }

  #put(row: FoldedRow): void {
    const versions = this.#versions.get(row.id);
    if (versions === undefined) this.#versions.set(row.id, [row]);
    else versions.push(row);
  }

  #mustExist(event: StoredEvent, id: string): FoldedRow {
    const row = this.row(id);
    demand(row !== undefined, "I5", () => `${event.id} is about a message that does not exist`);
    return row;
  }

  #mustBeOwn(event: StoredEvent, row: FoldedRow): void {
    demand(row.by === event.by, "I23", () => `${event.by} changed the words of ${row.by}`);
  }
}

function reacted(row: FoldedRow, { kind, emoji = "", by }: AskedOp): FoldedRow["reactions"] {
  const reactions = new Map(row.reactions);
  const others = (reactions.get(emoji) ?? []).filter((user) => user !== by);
  const before = reactions.get(emoji) ?? [];
  if (kind === "react") reactions.set(emoji, before.includes(by) ? before : [...before, by]);
  else if (others.length > 0) reactions.set(emoji, others);
  else reactions.delete(emoji);
  return reactions;
}
