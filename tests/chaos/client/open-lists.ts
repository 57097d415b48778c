import type { ReadableAtom } from "nanostores";
import type { Room, TimelineItem, TimelineMessage } from "@confab/sdk";
import type { ListReport, ShownList, ShownMessage } from "./command.js";

/** Threads one life has open at most. */
const THREADS_MAX_COUNT = 8;

/** Pages of history asked for at most, one after the other. */
const PAGES_MAX_COUNT = 2_000;

/** A page that failed is asked for again after this, so often. */
const PAGE_RETRY_MS = 500;
const PAGE_MAX_FAILURES = 40;

/** What rooms and threads have in common. */
interface MessageList {
  readonly $timeline: ReadableAtom<readonly TimelineItem[]>;
  readonly $state: ReadableAtom<{ readonly status: string; readonly hasOlder: boolean }>;
  loadOlder(): Promise<void>;
}

interface OpenList {
  readonly room: string;
  readonly thread?: string;
  readonly list: MessageList;
}

/** The rooms of a life, and the threads it looks into. */
export class OpenLists {
  readonly #lists: OpenList[] = [];

  constructor(rooms: readonly Room[]) {
    for (const room of rooms) {
      room.open();
      this.#lists.push({ room: room.id, list: room });
    }
  }

  /** Opens a thread for the rest of the life; not more than some. */
  openThread(room: Room, root: string): void {
    const threads = this.#lists.filter(({ thread }) => thread !== undefined);
    const isOpen = threads.some(({ thread }) => thread === root);
    if (isOpen || threads.length >= THREADS_MAX_COUNT) return;
    const thread = room.thread(root);
    thread.open();
    this.#lists.push({ room: room.id, thread: root, list: thread });
  }

  report(): ListReport[] {
    return this.#lists.map(({ list, ...place }) => {
      const pending = messagesOf(list).filter(({ delivery }) => delivery.status === "pending");
      return { ...place, status: list.$state.get().status, pending: pending.length };
    });
  }

  async loadAll(): Promise<void> {
    for (const { list } of this.#lists) await loadAll(list);
  }

  dump(): ShownList[] {
    return this.#lists.map(({ list, ...place }) => {
      return { ...place, messages: messagesOf(list).map(withoutLayout) };
    });
  }
}

async function loadAll(list: MessageList): Promise<void> {
  let failures = 0;
  for (let page = 0; page < PAGES_MAX_COUNT && list.$state.get().hasOlder; page += 1) {
    await list.loadOlder().catch(async () => {
      failures += 1;
      if (failures > PAGE_MAX_FAILURES) throw new Error("a page cannot be loaded");
      await new Promise((resolve) => setTimeout(resolve, PAGE_RETRY_MS));
    });
  }
}

function messagesOf({ $timeline }: MessageList): TimelineMessage[] {
  return $timeline.get().filter((item) => item.kind === "message");
}

function withoutLayout(message: TimelineMessage): ShownMessage {
  const { isGroupStart: _start, isGroupEnd: _end, ...shown } = message;
  return shown;
}
