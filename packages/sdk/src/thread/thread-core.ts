import type { WritableAtom } from "nanostores";
import { createStore } from "../create-store.js";
import type { ChatError } from "../errors.js";
import { isAhead, olderPath } from "../log/merge-page.js";
import type { RoomLogState } from "../log/room-log-step.js";
import type { Operation } from "../operation.js";
import type { OutboxEntry } from "../outbox/outbox-entry.js";
import { PageLoader, type PageFate } from "../page-loader.js";
import { readThreadPage } from "../protocol/down-guard.js";
import type { EventFrame } from "../protocol/events.js";
import type { ThreadPage } from "../protocol/history.js";
import type { SendOptions } from "../op-options.js";
import type { RoomClient } from "../room-client.js";
import { buildTimeline, type Timeline } from "../timeline/build-timeline.js";
import { pendingChanges } from "../timeline/pending-changes.js";
import type { TimelineItem } from "../timeline/timeline-item.js";
import { lineOf } from "../timeline/timeline-line.js";
import type { Thread, ThreadState } from "../thread.js";
import { afterEvent, threadWindow, withOlderReplies, type ThreadWindow } from "./thread-window.js";

/** The room a thread belongs to. */
export interface ThreadRoom {
  readonly id: string;
  readonly log: RoomLogState;
  readonly kept: { readonly entries: readonly OutboxEntry[] };
  open(): void;
  close(): void;
  send(body: string, options: SendOptions): Operation;
}

/** One thread: its pages, kept up to date by the events of its room. */
export class ThreadCore implements Thread {
  readonly id: string;
  readonly $state: WritableAtom<ThreadState>;
  readonly $timeline: WritableAtom<readonly TimelineItem[]>;
  readonly $draft: Thread["$draft"];
  readonly #room: ThreadRoom;
  readonly #client: RoomClient;
  readonly #newest: PageLoader<ThreadPage>;
  readonly #older: PageLoader<ThreadPage>;
  #openCount = 0;
  #window: ThreadWindow | undefined;
  /** The window is as it is at the room's cursor. */
  #isCurrent = false;
  /** Own ops that the room's log holds and this window does not yet: shown until it does. [B3] */
  #settled: readonly OutboxEntry[] = [];
  /** Send order of what is shown above the log while some of it is settled. */
  #order: readonly string[] = [];
  /** Its message may have come into the log after it was asked for. */
  #isRootNew = false;
  #built: Timeline | undefined;

  constructor(id: string, room: ThreadRoom, client: RoomClient) {
    const { report } = client.platform;
    this.id = id;
    this.#room = room;
    this.#client = client;
    this.$timeline = createStore<readonly TimelineItem[]>([], report);
    this.$draft = client.drafts.of(this.#place);
    const path = `${room.id}/threads/${id}/messages`;
    const changed = (): void => {
      client.changed(room.id);
    };
    this.#newest = new PageLoader(client, {
      path: () => (this.#isWanting ? path : undefined),
      purpose: "open the thread",
      read: readThreadPage,
      take: (page) => this.#take(page, threadWindow(room.log, page)),
      changed: () => {
        if (this.#newest.error?.code === "not_found") this.#missing();
        changed();
      },
    });
    this.#older = new PageLoader(client, {
      path: () => (this.#isCurrent && this.#window ? olderPath(path, this.#window) : undefined),
      purpose: "load older replies",
      read: readThreadPage,
      take: (page) => {
        const window = this.#window;
        return this.#take(page, window && withOlderReplies(room.log, window, page));
      },
      changed,
    });
    this.$state = createStore<ThreadState>(this.#view, report);
  }

  open(): void {
    this.#openCount += 1;
    this.#room.open();
    this.#client.turns.run(() => {
      this.refresh();
      this.#client.changed(this.#room.id);
    });
  }

  close(): void {
    if (this.#openCount === 0) return;
    this.#openCount -= 1;
    this.#room.close();
    this.#client.turns.run(() => {
      this.#client.changed(this.#room.id);
    });
  }

  async loadOlder(): Promise<void> {
    this.#client.assertUsable("load older replies");
    await this.#older.load();
  }

  send(body: string, options: Omit<SendOptions, "thread"> = {}): Operation {
    return this.#room.send(body, { ...options, thread: this.id });
  }

  setDraft(text: string): void {
    this.#client.drafts.write(this.#place, text);
  }

  /** The next event of the room. */
  apply(event: EventFrame): void {
    if (this.#window && this.#isCurrent) this.#window = afterEvent(this.#window, event);
    else if (event.id === this.id) {
      // It was opened while its message was still on its way.
      this.#isRootNew = true;
      this.refresh();
    }
  }

  /** The room's log was replaced: events are missing here. */
  outdate(): void {
    this.#isCurrent = false;
    if (this.#newest.status === "loading") this.#isRootNew = true;
  }

  /** More is known of the room. */
  look(): void {
    this.#newest.look();
    this.#older.look();
  }

  /** The line ended. */
  forget(): void {
    this.#newest.forget();
    this.#older.forget();
  }

  /** These leave the room's overlay; a window that is not current does not hold them yet. */
  keep(settled: readonly OutboxEntry[], before: readonly OutboxEntry[]): void {
    if (this.#openCount === 0 || this.#isCurrent || settled.length === 0) return;
    this.#settled = [...this.#settled, ...settled];
    this.#order = [...new Set([...this.#order, ...before.map(({ id }) => id)])];
  }

  /** The room has caught up, or somebody wants to see the thread. */
  refresh(): void {
    if (!this.#isWanting) return;
    this.#newest.load().catch(() => {
      // It is in the state; there is nobody else to tell.
    });
  }

  /** Brings the stores up to date. */
  publish(): void {
    const { viewer, dayOf } = this.#client;
    const pending = this.#pending;
    const rows = this.#window?.rows ?? [];
    this.#built = buildTimeline({ rows, pending, viewer, dayOf, thread: this.id }, this.#built);
    this.$timeline.set(this.#built.items);
    this.$state.set(this.#view);
  }

  /** The client is closed: nothing will come any more. */
  end(error: ChatError): void {
    this.#newest.close(error);
    this.#older.close(error);
  }

  get #pending(): readonly OutboxEntry[] {
    const { entries } = this.#room.kept;
    if (this.#settled.length === 0) return entries;
    const left = new Map([...this.#settled, ...entries].map((entry) => [entry.id, entry]));
    return [...new Set([...this.#order, ...left.keys()])].flatMap((id) => left.get(id) ?? []);
  }

  get #place(): string {
    return `${this.#room.id}/${this.id}`;
  }

  /** A page can be brought up to date only when there is a cursor to bring it to. */
  get #isWanting(): boolean {
    const { status, cursor } = this.#room.log;
    const isFollowed = status === "live" || status === "catching-up";
    return this.#openCount > 0 && !this.#isCurrent && isFollowed && cursor !== undefined;
  }

  /** There is no such message: a restore took it away, or the question was faster than it. */
  #missing(): void {
    this.#window = undefined;
    this.#settled = [];
    if (!this.#isRootNew) return;
    this.#isRootNew = false;
    this.refresh();
  }

  #take(page: ThreadPage, window: ThreadWindow | undefined): PageFate {
    if (isAhead(this.#room.log, page)) return "early";
    if (!window) return "useless";
    this.#window = window;
    this.#settled = [];
    this.#isCurrent = true;
    return "taken";
  }

  get #view(): ThreadState {
    const { viewer } = this.#client;
    const root = this.#window?.root;
    const error = this.#room.log.error ?? (this.#isCurrent ? undefined : this.#newest.error);
    const changes = pendingChanges(this.#pending).get(this.id) ?? [];
    return {
      status: this.#status(error),
      ...(root && {
        root: { ...lineOf(root, changes, viewer), isGroupStart: true, isGroupEnd: true },
      }),
      hasOlder: this.#window?.hasOlder ?? false,
      older: this.#older.status,
      ...(error && { error }),
    };
  }

  #status(error: ChatError | undefined): ThreadState["status"] {
    if (this.#openCount === 0) return "closed";
    if (this.#isCurrent && this.#room.log.status === "live") return "live";
    if (error && this.#newest.status !== "loading") return "failed";
    return this.#window ? "catching-up" : "loading";
  }
}
