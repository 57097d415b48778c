import type { TimelineItem, TimelineMessage } from "@confab/sdk";
import { clock } from "../platform/clock.js";

const BATCH_MS = 1000;
/** A room that was just opened is read by its reader, not by us. */
const QUIET_AFTER_OPENING_MS = 1000;

/** What is new for a listener since the timeline was last heard. */
interface Heard {
  readonly arrived: readonly TimelineMessage[];
  readonly failed: readonly TimelineMessage[];
}

/**
 * Decides what of a changing timeline is worth saying: messages of others that are newer than all
 * before, collected for a second, and own messages that turn out not to be sent. Never history,
 * never own messages, never twice.
 */
export class MessageSpeech {
  readonly #say: (messages: readonly TimelineMessage[]) => void;
  #newestSeq: number | undefined;
  #openedAt = 0;
  #failedKeys = new Set<string>();
  #batch: TimelineMessage[] = [];
  #cancel: (() => void) | undefined;

  constructor(say: (messages: readonly TimelineMessage[]) => void) {
    this.#say = say;
  }

  /** Forgets everything: another room is shown. */
  reset(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#batch = [];
    this.#newestSeq = undefined;
    this.#failedKeys = new Set();
  }

  /** Takes in a timeline that is loaded; returns own messages that newly failed. */
  hear(items: readonly TimelineItem[]): readonly TimelineMessage[] {
    const isOpening = this.#newestSeq === undefined;
    if (isOpening) this.#openedAt = clock.now();
    const { arrived, failed } = this.#difference(items);
    const isQuiet = isOpening || clock.now() - this.#openedAt < QUIET_AFTER_OPENING_MS;
    if (!isQuiet) this.#collect(arrived);
    return isOpening ? [] : failed;
  }

  #difference(items: readonly TimelineItem[]): Heard {
    const before = this.#newestSeq ?? 0;
    const arrived: TimelineMessage[] = [];
    const failed: TimelineMessage[] = [];
    let newest = 0;
    for (const item of items) {
      if (item.kind !== "message") continue;
      if (item.seq !== undefined) newest = Math.max(newest, item.seq);
      if (!item.isOwn && item.seq !== undefined && item.seq > before) arrived.push(item);
      if (item.delivery.status !== "failed" || this.#failedKeys.has(item.key)) continue;
      this.#failedKeys.add(item.key);
      failed.push(item);
    }
    // A log that was replaced may be shorter than the one before; what comes after it is new again.
    this.#newestSeq = newest;
    return { arrived: newest < before ? [] : arrived, failed };
  }

  #collect(arrived: readonly TimelineMessage[]): void {
    if (arrived.length === 0) return;
    this.#batch.push(...arrived);
    this.#cancel ??= clock.after(BATCH_MS, () => {
      const batch = this.#batch;
      this.#batch = [];
      this.#cancel = undefined;
      this.#say(batch);
    });
  }
}
