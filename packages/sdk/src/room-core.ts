import type { WritableAtom } from "nanostores";
import { errorFromCode, type ChatError } from "./errors.js";
import { createStore } from "./create-store.js";
import type { RoomLogEffect, RoomLogInput, RoomLogState } from "./log/room-log-step.js";
import { KeptRoom } from "./kept-room.js";
import { stepRoomLog, UNKNOWN_ROOM_LOG } from "./log/room-log.machine.js";
import { positionAt } from "./reading/position-at.js";
import type { Operation } from "./operation.js";
import { rowOf } from "./log/apply-event.js";
import type { OutboxInput } from "./outbox/outbox-step.js";
import { RoomPages } from "./room-pages.js";
import { RoomOps } from "./room-ops.js";
import type { LogNews } from "./tabs/tabs-step.js";
import { RoomThreads } from "./thread/room-threads.js";
import type { Thread } from "./thread.js";
import { RoomCompany } from "./presence/room-company.js";
import type { DownTypingFrame, PresenceFrame } from "./protocol/presence.js";
import type { EventFrame, MsgEvent } from "./protocol/events.js";
import type { MessageRow } from "./protocol/model.js";
import type { DeleteOptions, EditOptions, SendOptions } from "./op-options.js";
import type { Room } from "./room.js";
import type { RoomClient } from "./room-client.js";
import type { RoomState } from "./room-state.js";
import { CLOSED_ROOM, roomView } from "./room-view.js";
import { buildTimeline, type Timeline } from "./timeline/build-timeline.js";
import type { TimelineItem } from "./timeline/timeline-item.js";

/** The last `close()` takes effect after this, so that a remount costs nothing. */
const CLOSE_GRACE_MS = 500;

/** One room: wires its log, its part of the outbox, its history and its timeline. */
export class RoomCore implements Room {
  readonly id: string;
  readonly $state: WritableAtom<RoomState>;
  readonly $timeline: WritableAtom<readonly TimelineItem[]>;
  readonly $receipts: WritableAtom<ReadonlyMap<string, number>>;
  readonly $typing: Room["$typing"];
  readonly $presence: Room["$presence"];
  readonly $draft: Room["$draft"];
  readonly #client: RoomClient;
  readonly #pages: RoomPages;
  readonly #ops: RoomOps;
  readonly #threads: RoomThreads;
  readonly #company: RoomCompany;
  /** What this browser keeps of it. */
  readonly kept: KeptRoom;
  #built: Timeline | undefined;
  #openCount = 0;
  #cancelClose: () => void = () => undefined;
  /** What is held of the log. */
  log: RoomLogState = UNKNOWN_ROOM_LOG;

  constructor(id: string, client: RoomClient) {
    this.id = id;
    this.#client = client;
    this.$state = createStore<RoomState>(CLOSED_ROOM, client.platform.report);
    this.$timeline = createStore<readonly TimelineItem[]>([], client.platform.report);
    this.$receipts = createStore<ReadonlyMap<string, number>>(new Map(), client.platform.report);
    this.$draft = client.drafts.of(id);
    this.kept = new KeptRoom(this, client);
    this.#company = new RoomCompany(id, client);
    this.$typing = this.#company.$typing;
    this.$presence = this.#company.$presence;
    this.#ops = new RoomOps(id, client, this.kept);
    this.#threads = new RoomThreads(this, client);
    this.#pages = new RoomPages(this, client);
  }

  open(): void {
    const { turns } = this.#client;
    this.#openCount += 1;
    this.#cancelClose();
    turns.run(() => {
      this.handle({ t: "follow" });
      this.kept.restore();
      this.#client.wanted();
    });
  }

  close(): void {
    const { turns, platform } = this.#client;
    if (this.#openCount === 0) return;
    this.#openCount -= 1;
    if (this.#openCount > 0) return;
    this.#cancelClose = platform.clock.after(CLOSE_GRACE_MS, () => {
      turns.run(() => {
        this.handle({ t: "unfollow" });
      });
    });
  }

  send(body: string, options: SendOptions = {}): Operation {
    return this.#ops.ask({ k: "msg", body, ...options });
  }

  edit(target: string, body: string, options: EditOptions = {}): Operation {
    return this.#ops.ask({ k: "edit", target, body, ...options });
  }

  delete(target: string, options: DeleteOptions = {}): Operation {
    return this.#ops.ask({ k: "del", target, ...options });
  }

  react(target: string, emoji: string): Operation {
    return this.#ops.ask({ k: "react", target, emoji });
  }

  unreact(target: string, emoji: string): Operation {
    return this.#ops.ask({ k: "unreact", target, emoji });
  }

  pin(target: string): Operation {
    return this.#ops.ask({ k: "pin", target });
  }

  unpin(target: string): Operation {
    return this.#ops.ask({ k: "unpin", target });
  }

  retry(id: string): Operation {
    return this.#ops.retry(id);
  }

  discard(id: string): Operation | undefined {
    return this.#ops.discard(id);
  }

  setDraft(text: string): void {
    this.#client.drafts.write(this.id, text);
  }

  loadOlder(): Promise<void> {
    return this.#pages.loadOlder();
  }

  message(id: string): Promise<MessageRow> {
    return this.#pages.message(id);
  }

  loadPinned(): Promise<readonly MessageRow[]> {
    return this.#pages.loadPinned();
  }

  thread(root: string): Thread {
    return this.#threads.get(root);
  }

  markRead(seq?: number): void {
    if (seq !== undefined && !(Number.isSafeInteger(seq) && seq >= 0)) {
      throw errorFromCode("invalid", "mark this as read");
    }
    const { readings, turns } = this.#client;
    const position = positionAt(this.log, seq);
    turns.run(() => {
      if (position) readings.handle(this.id, { t: "mark", position });
    });
  }

  typing(): void {
    if (this.log.status !== "live") return;
    this.#client.turns.run(() => {
      this.#company.handle({ t: "type" });
    });
  }

  /** Somebody types, comes or goes. */
  hear(frame: DownTypingFrame | PresenceFrame): void {
    if (this.log.status === "live") this.#company.handle(frame);
  }

  /** One input of the log's machine, within a turn. */
  handle(input: RoomLogInput): void {
    const { platform, freshRef } = this.#client;
    const moment = { now: platform.clock.monotonic(), freshRef };
    const before = this.log;
    const { state, effects } = stepRoomLog(before, input, moment);
    this.log = state;
    for (const effect of effects) this.#perform(effect);
    if (state === before) return;
    this.#pages.look();
    this.#threads.look();
    this.#client.changed(this.id);
    this.settleOverlay();
    this.#spread(input, before);
  }

  /** Takes out of the overlay what the log shows by now, or never will. [B3] */
  settleOverlay(): void {
    const { id: room } = this;
    const { status, cursor } = this.log;
    const isAccepted = status === "catching-up" || status === "live";
    if (isAccepted && cursor) this.#tellOverlay({ t: "reached", room, seq: cursor.seq });
    if (status === "closed" || status === "failed") this.#tellOverlay({ t: "unwatched", room });
  }

  /** Brings the stores up to date. */
  publish(): void {
    const { viewer, dayOf, readings } = this.#client;
    const pending = this.kept.entries;
    const input = { rows: this.log.rows, pending, viewer, dayOf };
    this.#built = buildTimeline(input, this.#built);
    this.$timeline.set(this.#built.items);
    const reading = readings.of(this.id);
    this.$receipts.set(reading.receipts);
    this.#company.publish();
    this.$state.set(roomView(this.log, this.#pages.older, reading));
    this.#threads.publish();
    this.kept.keep();
  }

  /** The client is closed: nothing will come any more. */
  end(error: ChatError): void {
    this.#cancelClose();
    this.#pages.end(error);
    this.#threads.end(error);
  }

  /** What the log has taken concerns reading, typing and the application too. */
  #spread(input: RoomLogInput, before: RoomLogState): void {
    const { readings, viewer } = this.#client;
    if (this.log.status === "closed" || this.log.status === "offline") {
      this.#company.handle({ t: "gone" });
    }
    if (input.t === "reset") {
      this.#company.handle({ t: "clear" });
      readings.handle(this.id, input);
    }
    if (input.t !== "ev" || !isMessage(input) || this.log.cursor?.seq !== input.seq) return;
    this.#company.handle({ t: "wrote", user: input.by });
    readings.handle(this.id, input);
    const message = rowOf(input);
    if (!message || input.redacted) return;
    const isOwn = input.by === viewer.id;
    this.#client.emit("message", {
      room: this.id,
      message,
      isOwn,
      isMissed: before.status !== "live",
    });
  }

  #perform(effect: RoomLogEffect): void {
    const client = this.#client;
    switch (effect.type) {
      case "subscribe":
        this.#pages.forget();
        this.#threads.forget();
        client.storage.hear({ t: "subscribed", room: this.id });
        client.subscribe(this.id, effect.ref, effect.cursor);
        return;
      case "unsubscribe":
        client.unsubscribe(this.id);
        return;
      case "discontinuity":
        client.emit("discontinuity", { room: this.id, why: effect.why });
        return;
      case "arrived":
        this.#threads.outdate();
        this.#recognise(effect.rows);
        return;
      case "applied":
        this.#threads.apply(effect.event);
        this.#recognise([effect.event]);
        return;
      case "caught-up":
        this.settleOverlay();
        this.#tellOverlay({ t: "caught-up", room: this.id });
        this.#threads.refresh();
        return;
    }
  }

  /** What is ours in the log settles its op, with or without an `ack`. [O7] */
  #recognise(rows: readonly Pick<MessageRow, "id" | "by" | "seq" | "at">[]): void {
    const { outbox, viewer, storage } = this.#client;
    for (const { id, by, seq, at } of rows) {
      if (by !== viewer.id) continue;
      if (outbox.find(this.id, id)) outbox.handle({ t: "ack", room: this.id, id, seq, at });
      else storage.hear({ t: "applied", id, seq });
    }
  }

  /** What the log holds is shown no more as an op, whether of this tab or of another. */
  #tellOverlay(news: OverlayNews): void {
    const { outbox, storage } = this.#client;
    const before = outbox.entriesOf(this.id);
    outbox.handle(news);
    storage.hear(news);
    // A thread may still have to load what the room holds by now.
    const settled = before.filter(({ id }) => !outbox.find(this.id, id));
    this.#threads.keep(settled, before);
  }
}

type OverlayNews = Extract<OutboxInput, LogNews>;

function isMessage(event: EventFrame): event is EventFrame & MsgEvent {
  return event.k === "msg";
}
