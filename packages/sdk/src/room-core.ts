import { atom, type ReadableAtom } from "nanostores";
import { ChatError } from "./errors.js";
import type { FetchPage } from "./history-client.js";
import type { RoomLogEffect, RoomLogInput, RoomLogState } from "./log/room-log-step.js";
import { stepRoomLog, UNKNOWN_ROOM_LOG } from "./log/room-log.machine.js";
import { OlderPages } from "./older-pages.js";
import type { Operation } from "./operation.js";
import type { Outbox } from "./outbox/outbox.js";
import type { OutboxDraft, OutboxEntry } from "./outbox/outbox-entry.js";
import type { Calendar } from "./platform/calendar.js";
import type { Clock } from "./platform/clock.js";
import type { HistoryPage } from "./protocol/history.js";
import type { Cursor } from "./protocol/ids.js";
import type { Format, MessageRow } from "./protocol/model.js";
import type { Room, SendOptions } from "./room.js";
import type { RoomState } from "./room-state.js";
import { CLOSED_ROOM, roomView } from "./room-view.js";
import { setSafely } from "./set-safely.js";
import { buildTimeline, type Timeline } from "./timeline/build-timeline.js";
import { pendingMessage } from "./timeline/pending-message.js";
import type { TimelineItem } from "./timeline/timeline-item.js";
import type { Viewer } from "./timeline/timeline-line.js";
import type { Turns } from "./turns.js";

/** The last `close()` takes effect after this, so that a remount costs nothing. */
const CLOSE_GRACE_MS = 500;

/** What a room needs of its client. */
export interface RoomPorts {
  readonly turns: Turns;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly dayOf: Calendar;
  readonly fetchPage: FetchPage;
  readonly report: (error: unknown) => void;
  readonly viewer: () => Viewer;
  /** A number no subscription had yet. [L6] */
  readonly freshRef: () => number;
  /** Throws `closed` when the client is. */
  readonly assertUsable: (operation: string) => void;
  /** A checked message for this room. Throws `invalid` or `too_large`. */
  readonly draft: (room: string, body: string, format: Format) => OutboxDraft;
  /** Something is to be said or heard: there should be a line. */
  readonly wanted: () => void;
  readonly subscribe: (room: string, ref: number, cursor: Cursor | undefined) => void;
  readonly unsubscribe: (room: string) => void;
  readonly discontinuity: (room: string, why: string) => void;
  /** The stores of this room are to be brought up to date at the end of the turn. */
  readonly changed: (room: string) => void;
}

/** One room: wires its log, its part of the outbox, its history and its timeline. */
export class RoomCore implements Room {
  readonly id: string;
  readonly #ports: RoomPorts;
  readonly #state = atom<RoomState>(CLOSED_ROOM);
  readonly #timeline = atom<readonly TimelineItem[]>([]);
  readonly #older: OlderPages;
  #log: RoomLogState = UNKNOWN_ROOM_LOG;
  #built: Timeline | undefined;
  #openCount = 0;
  #cancelClose: () => void = () => undefined;

  constructor(id: string, ports: RoomPorts) {
    this.id = id;
    this.#ports = ports;
    this.#older = new OlderPages({
      room: id,
      fetchPage: ports.fetchPage,
      turns: ports.turns,
      oldestSeq: () => (this.#log.hasOlder ? this.#log.rows[0]?.seq : undefined),
      merge: (page, before) => this.#merge(page, before),
      changed: () => {
        ports.changed(id);
      },
    });
  }

  get $state(): ReadableAtom<RoomState> {
    return this.#state;
  }

  get $timeline(): ReadableAtom<readonly TimelineItem[]> {
    return this.#timeline;
  }

  /** What is held of the log. */
  get log(): RoomLogState {
    return this.#log;
  }

  open(): void {
    this.#openCount += 1;
    this.#cancelClose();
    this.#ports.turns.run(() => {
      this.handle({ type: "follow" });
      this.#ports.wanted();
    });
  }

  close(): void {
    if (this.#openCount === 0) return;
    this.#openCount -= 1;
    if (this.#openCount > 0) return;
    this.#cancelClose = this.#ports.clock.after(CLOSE_GRACE_MS, () => {
      this.#ports.turns.run(() => {
        this.handle({ type: "unfollow" });
      });
    });
  }

  send(body: string, options: SendOptions = {}): Operation {
    const { assertUsable, draft, outbox } = this.#ports;
    assertUsable("send the message");
    const fresh = draft(this.id, body, options.format ?? "text");
    return this.#take(() => outbox.add(fresh));
  }

  retry(id: string): Operation {
    const { assertUsable, draft, outbox } = this.#ports;
    assertUsable("send the message");
    const failed = this.#entry(id);
    if (failed === undefined) {
      throw new ChatError("not_found", "unable to send the message again; it is not here");
    }
    const fresh = draft(this.id, failed.body, failed.format);
    return this.#take(() => outbox.retry(id, fresh));
  }

  discard(id: string): void {
    const { turns, outbox } = this.#ports;
    if (this.#entry(id) === undefined) return;
    turns.call(() => {
      outbox.discard(id);
    });
  }

  async loadOlder(): Promise<void> {
    this.#ports.assertUsable("load older messages");
    await this.#older.load();
  }

  /** One input of the log's machine, within a turn. */
  handle(input: RoomLogInput): void {
    const { clock, freshRef, changed } = this.#ports;
    const moment = { now: clock.monotonic(), freshRef: freshRef() };
    const before = this.#log;
    const { state, effects } = stepRoomLog(before, input, moment);
    this.#log = state;
    for (const effect of effects) this.#perform(effect);
    if (state === before) return;
    changed(this.id);
    this.settleOverlay();
  }

  /** Takes out of the overlay what the log shows by now, or never will. [B3] */
  settleOverlay(): void {
    const { outbox } = this.#ports;
    const { status, cursor } = this.#log;
    if (status === "closed" || status === "failed")
      outbox.handle({ type: "unwatched", room: this.id });
    const isAccepted = status === "catching-up" || status === "live";
    if (isAccepted && cursor !== undefined) {
      outbox.handle({ type: "reached", room: this.id, seq: cursor.seq });
    }
  }

  /** Brings the stores up to date. */
  publish(): void {
    const { outbox, viewer, dayOf, report } = this.#ports;
    const pending = outbox
      .entriesOf(this.id)
      .map((entry) => pendingMessage(entry, (failed) => outbox.errorOf(failed)));
    const input = { rows: this.#log.rows, pending, viewer: viewer(), dayOf };
    this.#built = buildTimeline(input, this.#built);
    const state = roomView(this.#log, this.#older.status, this.#state.get());
    setSafely(this.#timeline, this.#built.items, report);
    setSafely(this.#state, state, report);
  }

  /** The client is closed: nothing will come any more. */
  end(error: ChatError): void {
    this.#cancelClose();
    this.#older.close(error);
  }

  #perform(effect: RoomLogEffect): void {
    const { subscribe, unsubscribe, discontinuity, outbox } = this.#ports;
    switch (effect.type) {
      case "subscribe":
        subscribe(this.id, effect.ref, effect.cursor);
        return;
      case "unsubscribe":
        unsubscribe(this.id);
        return;
      case "discontinuity":
        discontinuity(this.id, effect.why);
        return;
      case "arrived":
        this.#recognise(effect.rows);
        return;
      case "caught-up":
        outbox.handle({ type: "caught-up", room: this.id });
        return;
    }
  }

  /** Our own messages in the log settle their ops, with or without an `ack`. [O7] */
  #recognise(rows: readonly MessageRow[]): void {
    const { outbox, viewer } = this.#ports;
    const ours = viewer().id;
    for (const { id, by, seq, at } of rows) {
      if (by === ours && this.#entry(id) !== undefined) {
        outbox.handle({ type: "acked", id, seq, at });
      }
    }
  }

  #merge(page: HistoryPage, before: number): "merged" | "stale" {
    const held = this.#log;
    this.handle({ type: "page", page, before });
    return this.#log === held ? "stale" : "merged";
  }

  #entry(id: string): OutboxEntry | undefined {
    const entry = this.#ports.outbox.find(id);
    return entry?.room === this.id ? entry : undefined;
  }

  #take(add: () => Operation): Operation {
    const { turns, wanted } = this.#ports;
    return turns.call(() => {
      const operation = add();
      wanted();
      return operation;
    });
  }
}
