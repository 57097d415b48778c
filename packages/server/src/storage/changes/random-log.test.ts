import { EMPTY_CHAIN, LIMITS, nextChain, type MessageRow } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import { createMemoryDisk } from "../../testing/memory-disk.js";
import { messageEvent, StorageBench } from "../../testing/storage-bench.js";
import type { AppendOutcome, Reading, StoredEvent } from "../storage.js";
import type { Change, NewEvent } from "../write.js";

const PEOPLE = ["ann", "bob", "cat"];
const EMOJI = ["👍", "🎉", ":one:"];
const OPS_PER_SEED = 160;

/** A row as it grows in the fold of a log. */
type Growing = { -readonly [Field in keyof MessageRow]: MessageRow[Field] };

/** What a log comes to, worked out from its events alone. */
class Fold {
  readonly rows = new Map<string, Growing>();
  chain = EMPTY_CHAIN;
  count = 0;
  seq = 0;

  apply(event: StoredEvent): void {
    const payload = JSON.parse(event.payload) as Record<string, never>;
    this.seq += 1;
    this.chain = nextChain(this.chain, event.id);
    expect([event.seq, event.chain]).toEqual([this.seq, this.chain]);
    if (event.kind === "msg") this.#create(event, payload);
    else this.#change(event, payload);
    expect(event.count).toBe(this.count);
  }

  #create({ id, seq, by, at, count }: StoredEvent, payload: Record<string, never>): void {
    const { redacted: _redacted, ...said } = payload as unknown as Growing & { redacted?: true };
    if (said.thread === undefined || said.inRoom === true) this.count += 1;
    this.rows.set(id, { ...said, id, seq, rev: seq, count, by, at });
    this.#reply(said.thread, seq, 1);
  }

  #change(event: StoredEvent, payload: Record<string, never>): void {
    const { kind, seq, at } = event;
    const { target, thread, body, mentions } = payload as Record<string, unknown>;
    const row = this.rows.get(String(target));
    if (row === undefined) throw new Error(`${kind} of nothing at ${String(seq)}`);
    row.rev = seq;
    if (kind === "edit") {
      Object.assign(row, { body, mentions, editedAt: at });
    } else if (kind === "del") {
      const nothing = { mentions: undefined, meta: undefined, reactions: undefined };
      Object.assign(row, { ...nothing, editedAt: undefined, pinned: undefined });
      Object.assign(row, { body: "", deletedAt: at });
      this.#reply(thread as string | undefined, seq, -1);
    } else if (kind === "pin") row.pinned = true;
    else if (kind === "unpin") delete row.pinned;
    else row.reactions = reacted(row.reactions ?? [], event, payload as never);
  }

  #reply(thread: string | undefined, seq: number, change: 1 | -1): void {
    const root = thread === undefined ? undefined : this.rows.get(thread);
    if (root === undefined) return;
    root.rev = seq;
    const lastSeq = change === 1 ? seq : (root.replies?.lastSeq ?? 0);
    root.replies = { count: (root.replies?.count ?? 0) + change, lastSeq };
  }
}

/** Only the first to react are named, and the event tells who joins them. */
function reacted(
  before: NonNullable<MessageRow["reactions"]>,
  { kind, by }: StoredEvent,
  { emoji, total: count, next = [] }: { emoji: string; total: number; next?: string | never[] },
): MessageRow["reactions"] {
  const isKnown = before.some((reaction) => reaction.emoji === emoji);
  const all = isKnown ? before : [...before, { emoji, count, users: [] }];
  const after = all.map((reaction) => {
    if (reaction.emoji !== emoji) return reaction;
    const users =
      kind === "react"
        ? [...new Set([...reaction.users, by])].slice(0, LIMITS.reactionMaxUsers)
        : reaction.users.filter((user) => user !== by).concat(next);
    return { emoji, users, count };
  });
  const left = after.filter((reaction) => reaction.count > 0);
  return left.length === 0 ? undefined : left;
}

/** One person after the other does something at random, also what cannot be done. */
class Crowd {
  readonly ids: string[] = [];
  readonly #random: () => number;
  #said = 0;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  next(at: number): NewEvent {
    const by = this.#pick(PEOPLE);
    if (this.ids.length < 3 || this.#random() < 0.3) return this.#message(by, at);
    const event = messageEvent({ by, at });
    return { ...event, change: this.#change(by) };
  }

  #message(by: string, at: number): NewEvent {
    const replyTo = this.#random() < 0.2 ? this.#pick(this.ids) : undefined;
    const thread = this.#random() < 0.4 ? this.#pick(this.ids) : undefined;
    const mentions = PEOPLE.filter(() => this.#random() < 0.2);
    return messageEvent({
      by,
      at,
      body: this.#words(),
      mentions,
      isInRoom: thread === undefined || this.#random() < 0.5,
      ...(replyTo !== undefined && { replyTo }),
      ...(thread !== undefined && { thread }),
      ...(this.#random() < 0.2 && { meta: JSON.stringify({ said: this.#words() }) }),
    });
  }

  #change(by: string): Change {
    const target = this.#pick(this.ids);
    const emoji = this.#pick(EMOJI);
    const mentions = PEOPLE.filter(() => this.#random() < 0.3);
    const body = this.#words();
    return this.#pick<Change>([
      { type: "edit", target, body, mentions, mustBeBy: by, mustBeSince: 0 },
      { type: "edit", target, body, mentions, mustBeBy: by, mustBeSince: 0 },
      { type: "del", target, ...(this.#random() < 0.7 && { mustBeBy: by }) },
      { type: "react", target, emoji },
      { type: "react", target, emoji },
      { type: "unreact", target, emoji },
      { type: "pin", target },
      { type: "unpin", target },
    ]);
  }

  #words(): string {
    this.#said += 1;
    return `words-${String(this.#said)}-end`;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}

/** The same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every word that some table of the database holds. */
function wordsIn(disk: ReturnType<typeof createMemoryDisk>): string {
  const tables = disk.query("SELECT name FROM sqlite_schema WHERE type = 'table'");
  return tables
    .map(({ name }) => JSON.stringify(disk.query(`SELECT * FROM "${String(name)}"`)))
    .join();
}

describe("a reaction of many people", () => {
  const seeds = Array.from({ length: 5 }, (_, seed) => seed + 1);
  const people = Array.from({ length: 26 }, (_, index) => `user-${String(index)}`);

  it.each(seeds)("[L11] is in the row what its events come to, seed %i", async (seed) => {
    const storage = createMemoryDisk().openStorage({
      atEndOfTurn: (task) => {
        task();
      },
    });
    const bench = await new StorageBench(storage, "lobby").open();
    const random = randomOf(seed);
    const fold = new Fold();
    const apply = (outcome: AppendOutcome) => {
      if (outcome.type === "appended") fold.apply(outcome.event);
    };
    const message = messageEvent();
    apply(await bench.append(message));
    for (let step = 1; step <= 300; step += 1) {
      const by = people[Math.floor(random() * people.length)] ?? "";
      const type = random() < 0.8 ? "react" : "unreact";
      apply(await bench.change({ type, target: message.id, emoji: "👍" }, by));
      expect(await rowOf(bench, message.id)).toEqual(fold.rows.get(message.id));
    }
    expect((await bench.log()).filter(({ payload }) => "next" in payload)).not.toHaveLength(0);
  });
});

describe("a log of random ops", () => {
  const seeds = Array.from({ length: 25 }, (_, seed) => seed + 1);

  it.each(seeds)(
    "[L2][L3][L10][L11][O10] comes to the rows that are stored, seed %i",
    async (seed) => {
      const disk = createMemoryDisk();
      const storage = disk.openStorage({
        atEndOfTurn: (task) => {
          task();
        },
      });
      const bench = await new StorageBench(storage, "lobby").open();
      const crowd = new Crowd(seed);
      const fold = new Fold();
      const outcomes = new Map<NewEvent, AppendOutcome>();
      for (let step = 1; step <= OPS_PER_SEED; step += 1) {
        const op = crowd.next(step * 1_000);
        const outcome = await bench.append(op);
        outcomes.set(op, outcome);
        if (outcome.type !== "appended") continue;
        if (op.change.type === "msg") crowd.ids.push(op.id);
        fold.apply(outcome.event);
      }

      const expected = [...fold.rows.values()].map(
        (row) => JSON.parse(JSON.stringify(row)) as object,
      );
      const stored = await Promise.all(crowd.ids.map((id) => rowOf(bench, id)));
      expect(stored).toEqual(expected);
      const shown = expected.filter((row) => !("thread" in row) || "inRoom" in row);
      expect((await bench.page({ limit: 100 })).messages).toEqual(shown.slice(-100));

      // What a client reads later, with words already taken out of it, comes to the same.
      const later = new Fold();
      for (const event of await eventsOf(bench)) later.apply(event);
      expect(JSON.parse(JSON.stringify([...later.rows.values()]))).toEqual(expected);

      for (const user of PEOPLE) {
        expect(await readingOf(bench, user)).toEqual(expectedReading(fold, user));
      }

      const left = wordsIn(disk);
      for (const row of fold.rows.values()) {
        if (row.deletedAt === undefined) expect(left).toContain(row.body);
      }
      for (const words of wordsSaidTo(
        outcomes,
        (id) => fold.rows.get(id)?.deletedAt !== undefined,
      )) {
        expect(left).not.toContain(words);
      }
      for (const [op, outcome] of outcomes) {
        const again = await bench.append(op);
        if (outcome.type === "appended") {
          expect(again).toEqual({
            type: "duplicate",
            seq: outcome.event.seq,
            at: outcome.event.at,
          });
        } else expect(again).toEqual(outcome);
      }
    },
  );
});

/** Everything that was ever said in messages, or about them, of which this is true. */
function wordsSaidTo(
  outcomes: ReadonlyMap<NewEvent, AppendOutcome>,
  isMeant: (id: string) => boolean,
): string[] {
  return [...outcomes].flatMap(([{ id, change }, outcome]) => {
    if (outcome.type !== "appended" || (change.type !== "msg" && change.type !== "edit")) return [];
    if (!isMeant(change.type === "msg" ? id : change.target)) return [];
    return JSON.stringify(change).match(/words-\d+-end/g) ?? [];
  });
}

/** People have read what they said themselves and nothing after it. [R1] [R2] */
function expectedReading(fold: Fold, user: string): Reading {
  const rows = [...fold.rows.values()];
  const last = rows.filter(({ by }) => by === user).at(-1);
  if (last === undefined) return { unread: 0, mentions: 0 };
  const { seq, count } = last;
  const mentioning = rows.filter((row) => row.seq > seq && row.mentions?.includes(user) === true);
  return { read: { seq, count }, unread: fold.count - count, mentions: mentioning.length };
}

function readingOf(bench: StorageBench, user: string): Promise<Reading> {
  return bench.ask((done) => {
    bench.storage.reading(bench.view, user, done);
  });
}

function rowOf(bench: StorageBench, id: string): Promise<MessageRow | undefined> {
  return bench.ask((done) => {
    bench.storage.message(bench.view, id, done);
  });
}

async function eventsOf(bench: StorageBench): Promise<readonly StoredEvent[]> {
  const range = { after: 0, maxEvents: 10_000, maxBytes: 100_000_000 };
  const read = await bench.ask<{ events: readonly StoredEvent[] }>((done) => {
    bench.storage.readEvents(bench.view, range, done);
  });
  return read.events;
}
