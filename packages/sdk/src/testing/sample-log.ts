import { EMPTY_CHAIN, nextChain } from "../protocol/chain.js";
import type { MsgEvent } from "../protocol/events.js";
import type { ReplayFrame, ResetFrame, SyncedFrame, WelcomeFrame } from "../protocol/handshake.js";
import type { HistoryPage } from "../protocol/history.js";
import { LIMITS } from "../protocol/limits.js";
import type { AckFrame } from "../protocol/operations.js";
import type { Me, MessageRow } from "../protocol/model.js";

const START = Date.UTC(2026, 10, 20, 12);
const ADA: Me = { id: "user:ada", name: "Ada", kind: "user" };
const BEN: Me = { id: "user:ben", name: "Ben", kind: "user" };

/** What `SampleLog.append` may be told about a message. */
export interface SampleMessage {
  readonly id?: string;
  readonly by?: Me;
  readonly body?: string;
  readonly at?: number;
}

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
  readonly events: MsgEvent[] = [];
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

  /** Stores a message and gives its event. */
  append(message: SampleMessage = {}): MsgEvent {
    const seq = this.head + 1;
    const { id = sampleId(seq), by = BEN, body = `message ${String(seq)}` } = message;
    const { at = START + seq * 1_000 } = message;
    const { id: userId, ...author } = by;
    const event: MsgEvent = {
      t: "ev",
      room: this.room,
      seq,
      id,
      by: userId,
      at,
      k: "msg",
      count: seq,
      author,
      body,
      format: "text",
    };
    this.events.push(event);
    this.#chains.push(nextChain(this.chain(seq - 1), id));
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
    const rows = this.rows(Math.max(0, this.head - size), this.head);
    return {
      t: "reset",
      room: this.room,
      ...(ref === undefined ? {} : { ref }),
      epoch: this.epoch,
      head: this.head,
      count: this.head,
      chain: this.chain(),
      why: "new",
      room_info: { id: this.room, kind: "public", name: "Lobby" },
      messages: rows,
      hasMore: rows.length < this.head,
    };
  }

  synced(ref: number): SyncedFrame {
    return {
      t: "synced",
      room: this.room,
      ref,
      head: this.head,
      count: this.head,
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
    const first = Math.max(0, before - 1 - size);
    const messages = this.rows(first, before - 1);
    return { messages, epoch: this.epoch, asOf: this.head, hasMore: first > 0 };
  }

  /** Rows after one seq up to another. */
  rows(after: number, upTo: number): MessageRow[] {
    return this.events
      .slice(after, upTo)
      .map(({ t: _type, room: _room, k: _kind, ...rest }) => ({ ...rest, rev: rest.seq }));
  }
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
