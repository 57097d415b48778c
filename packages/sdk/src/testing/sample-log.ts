import { EMPTY_CHAIN, nextChain } from "../protocol/chain.js";
import type { DelEvent, MsgEvent, ReactEvent, RoomEvent } from "../protocol/events.js";
import type { ReplayFrame, ResetFrame, SyncedFrame, WelcomeFrame } from "../protocol/handshake.js";
import type { HistoryPage, ThreadPage } from "../protocol/history.js";
import { LIMITS } from "../protocol/limits.js";
import type { AckFrame } from "../protocol/operations.js";
import type { Me, MessageRow, Reaction } from "../protocol/model.js";
import { sampleRows } from "./sample-rows.js";

const START = Date.UTC(2026, 10, 20, 12);
const ADA: Me = { id: "user:ada", name: "Ada", kind: "user" };
const BEN: Me = { id: "user:ben", name: "Ben", kind: "user" };

/** What `SampleLog.append` may be told about a message. */
export interface SampleMessage extends SamplePlace {
  readonly body?: string;
  readonly replyTo?: string;
  readonly thread?: string;
  readonly inRoom?: true;
  readonly mentions?: string[];
  readonly meta?: Record<string, unknown>;
}

/** Who did something, when, and under which id. */
export interface SamplePlace {
  readonly id?: string;
  readonly by?: Me;
  readonly at?: number;
}

/** What `SampleLog.change` is to do with a message. */
export type SampleChange =
  | { readonly k: "edit"; readonly target: string; readonly body: string; mentions?: string[] }
  | { readonly k: "del"; readonly target: string }
  | { readonly k: "react" | "unreact"; readonly target: string; readonly emoji: string }
  | { readonly k: "pin" | "unpin"; readonly target: string };

/**
 * A room's log as a server would keep it, for tests: gives the frames about it that a server would
 * send.
 */
export class SampleLog {
  /** Two people, for `by` and `welcome`. */
  static readonly ada = ADA;
  static readonly ben = BEN;
  readonly room: string;
  readonly epoch: string;
  readonly events: RoomEvent[] = [];
  readonly #chains: string[] = [EMPTY_CHAIN];

  constructor(room = "lobby", epoch = "00000000000000aa") {
    this.room = room;
    this.epoch = epoch;
  }

  get head(): number {
    return this.events.length;
  }

  /** Chain at a seq; by default at the head. [L3] */
  chain(seq = this.head): string {
    return this.#chains[seq] ?? EMPTY_CHAIN;
  }

  /** Messages shown in the room: a reply that is only in its thread does not count. [L2] */
  get count(): number {
    return this.#shown(this.events).length;
  }

  /** Stores a message and gives its event. */
  append({ id, by, at, ...message }: SampleMessage = {}): MsgEvent {
    const { author, ...place } = this.#place({ id, by, at });
    const said = { body: `message ${String(place.seq)}`, format: "text", ...message } as const;
    const isShown = !message.thread || message.inRoom;
    const count = this.count + (isShown ? 1 : 0);
    const event: MsgEvent = { ...said, ...place, k: "msg", count, author };
    this.#store(event);
    return event;
  }

  /** Stores an event about a message and gives it. */
  change(change: SampleChange, { by = ADA, ...place }: SamplePlace = {}): RoomEvent {
    const { author: _author, ...base } = this.#place({ by, ...place });
    const event = this.#complete({ ...change, ...base, total: 0 } as RoomEvent);
    if (event.k === "del") {
      this.events.forEach((earlier, index) => {
        this.events[index] = withoutWords(earlier, event.target);
      });
    }
    this.#store(event);
    return event;
  }

  /** Stores that many messages and gives their events. */
  appendMany(count: number): readonly MsgEvent[] {
    return Array.from({ length: count }, () => this.append());
  }

  ack(id: string): AckFrame {
    const event = this.events.find((it) => it.id === id) ?? this.append({ id, by: ADA });
    return { t: "ack", room: this.room, id, seq: event.seq, at: event.at };
  }

  replay(ref: number, from: number): ReplayFrame {
    return { t: "replay", room: this.room, ref, from };
  }

  /** A snapshot of the newest messages. */
  reset(ref: number | undefined, size: number = LIMITS.pageMessages): ResetFrame {
    const rows = this.rows(0, this.head).slice(-size);
    return {
      t: "reset",
      room: this.room,
      ...(ref === undefined ? {} : { ref }),
      epoch: this.epoch,
      head: this.head,
      count: this.count,
      chain: this.chain(),
      why: "new",
      room_info: { id: this.room, kind: "public", name: "Lobby" },
      messages: rows,
      hasMore: rows.length < this.rows(0, this.head).length,
    };
  }

  synced(ref: number): SyncedFrame {
    return {
      t: "synced",
      room: this.room,
      ref,
      head: this.head,
      count: this.count,
      chain: this.chain(),
      room_info: { id: this.room, kind: "public", name: "Lobby" },
      capabilities: ["msg.read", "msg.send"],
      unread: 0,
      mentions: 0,
      receipts: [],
    };
  }

  /** The page before a seq, as read now. [L10] */
  page(before: number, size: number = LIMITS.pageMessages): HistoryPage {
    return this.#page(this.rows(0, before - 1), size);
  }

  /** The newest page of a thread, or the one before a seq. [L10] */
  threadPage(root: string, before = Infinity, size: number = LIMITS.pageMessages): ThreadPage {
    const rows = sampleRows(this.events);
    const rootRow = rows.find((row) => row.id === root);
    if (!rootRow) throw new Error("the thread has no root");
    const replies = rows.filter((row) => row.thread === root && row.seq < before);
    return { ...this.#page(replies, size), root: rootRow };
  }

  /** Rows shown in the room after one seq up to another, as they are when the head is `asOf`. */
  rows(after: number, upTo: number, asOf: number = this.head): MessageRow[] {
    const rows = sampleRows(this.events.slice(0, asOf));
    return this.#shown(rows).filter((row) => row.seq > after && row.seq <= upTo);
  }

  #page(rows: readonly MessageRow[], size: number): HistoryPage {
    const messages = rows.slice(-size);
    const hasMore = messages.length < rows.length;
    return { messages, epoch: this.epoch, asOf: this.head, hasMore };
  }

  #shown<Said extends RoomEvent | MessageRow>(all: readonly Said[]): Said[] {
    return all.filter(
      (it) => (!("k" in it) || it.k === "msg") && (!("thread" in it) || "inRoom" in it),
    );
  }

  #place({ id, by = BEN, at }: { [Field in keyof SamplePlace]: SamplePlace[Field] | undefined }) {
    const seq = this.head + 1;
    const { id: userId, ...author } = by;
    const known = { room: this.room, seq, id: id ?? sampleId(seq), by: userId, author };
    return { t: "ev" as const, ...known, at: at ?? START + seq * 1_000 };
  }

  /**
   * What the server adds: the total of a reaction and who is named instead, the thread of what is
   * deleted.
   */
  #complete(event: RoomEvent): RoomEvent {
    if (event.k === "react" || event.k === "unreact") {
      const before = reactionIn(this.events, event);
      const { count: total = 0, users = [] } = reactionIn([...this.events, event], event) ?? {};
      const next = event.k === "unreact" && users.find((user) => !before?.users.includes(user));
      return { ...event, total, ...(next && { next }) };
    }
    const { total: _total, ...rest } = event as DelEvent & { total: number };
    if (event.k !== "del") return rest;
    const message = this.events.find((it) => it.id === rest.target);
    const thread = message?.k === "msg" ? message.thread : undefined;
    return { ...rest, ...(thread && { thread }) };
  }

  #store(event: RoomEvent): void {
    this.#chains.push(nextChain(this.chain(event.seq - 1), event.id));
    this.events.push(event);
  }
}

function reactionIn(
  events: readonly RoomEvent[],
  { target, emoji }: ReactEvent,
): Reaction | undefined {
  const { reactions = [] } = sampleRows(events).find((row) => row.id === target) ?? {};
  return reactions.find((reaction) => reaction.emoji === emoji);
}

function withoutWords(event: RoomEvent, message: string): RoomEvent {
  const isOf = event.k === "msg" ? event.id === message : event.target === message;
  if (!isOf || (event.k !== "msg" && event.k !== "edit")) return event;
  const { mentions: _mentions, ...rest } = event;
  const { meta: _meta, ...kept } = rest as MsgEvent;
  return { ...kept, body: "", redacted: true };
}

/** A `welcome` as a server with the protocol's own limits sends it. */
export function sampleWelcome(change: Partial<WelcomeFrame> = {}): WelcomeFrame {
  return {
    t: "welcome",
    v: 1,
    session: "s1",
    me: ADA,
    now: START,
    caps: [],
    limits: {
      bodyMaxCodePoints: LIMITS.bodyMaxCodePoints,
      bodyMaxBytes: LIMITS.bodyMaxBytes,
      messageMaxBytes: LIMITS.messageMaxBytes,
      windowMaxOps: LIMITS.windowMaxOps,
      roomsMaxCount: LIMITS.roomsMaxCount,
      mentionsMaxCount: LIMITS.mentionsMaxCount,
      editWindowMs: LIMITS.editWindowMs,
    },
    heartbeatMs: 25_000,
    tokenExp: START + 3_600_000,
    ...change,
  };
}

/** A valid op id that a number decides. */
export function sampleId(number: number): string {
  return `01890a5d-ac96-7000-8000-${number.toString(16).padStart(12, "0")}`;
}
