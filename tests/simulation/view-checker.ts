import type { RoomState, TimelineItem, TimelineMessage } from "@confab/sdk";
import type { Lineage, LogOracle } from "./log-oracle.js";
import { demand } from "./violation.js";

/** What a person did in one room with one life of a client. */
export interface Submitted {
  readonly id: string;
  readonly body: string;
  isDiscarded: boolean;
}

/**
 * Watches what one client shows of one room. The view must be a gapless piece of the log, then the
 * client's own unsettled messages in the order they were sent, each exactly once. [I4] [I5] [I8]
 * [I9] [B4]
 */
export class ViewChecker {
  readonly #oracle: LogOracle;
  readonly #room: string;
  readonly #userId: string;
  readonly submitted: Submitted[] = [];
  #isSubmitting = false;
  #followers = 0;
  #mayLag = false;
  #seen: readonly TimelineItem[] | undefined;

  constructor(oracle: LogOracle, room: string, userId: string) {
    this.#oracle = oracle;
    this.#room = room;
    this.#userId = userId;
  }

  /**
   * Sends, and remembers what was sent; the store changes before the id is known, so that one
   * change is checked afterwards.
   */
  submit(body: string, send: () => string): void {
    this.#isSubmitting = true;
    try {
      this.submitted.push({ id: send(), body, isDiscarded: false });
    } finally {
      this.#isSubmitting = false;
    }
  }

  /** Somebody follows the room from now on; each call needs its own `unfollow`. */
  follow(): void {
    this.#followers += 1;
  }

  /**
   * A room that nobody follows need not show what was acknowledged since, until it has caught up
   * again.
   */
  unfollow(): void {
    if (this.#followers > 0) this.#followers -= 1;
    if (this.#followers === 0) this.#mayLag = true;
  }

  check(items: readonly TimelineItem[], status: RoomState["status"]): void {
    if (this.#isSubmitting || items === this.#seen) return;
    this.#seen = items;
    if (this.#followers > 0 && status === "live") this.#mayLag = false;
    const messages = items.filter((item) => item.kind === "message");
    this.#eachOnce(messages);
    this.#ownInOrder(messages.slice(this.#pieceOfTheLog(messages)));
    this.#nothingVanished(messages);
  }

  #eachOnce(messages: readonly TimelineMessage[]): void {
    const ids = new Set(messages.map((message) => message.id));
    demand(ids.size === messages.length, "I5", () => `${this.#room} shows a message twice`);
  }

  /**
   * How many messages from the first on are a gapless piece of some life of the log: a restore is
   * not known at once. What follows must be one's own.
   */
  #pieceOfTheLog(messages: readonly TimelineMessage[]): number {
    const placed = gaplessStart(messages);
    this.#oracle.at(this.#room, messages[placed - 1]?.seq ?? 0);
    const lengths = this.#oracle.lineages(this.#room).map((lineage) => {
      const end = messages.findIndex(
        (message, index) => index === placed || !this.#isRow(lineage, message),
      );
      return end === -1 ? placed : end;
    });
    return Math.max(...lengths);
  }

  #isRow(lineage: Lineage, { seq = 0, id, body, by, isOwn }: TimelineMessage): boolean {
    const event = lineage.at(seq);
    const isSame = event?.id === id && event.by === by && event.payload["body"] === body;
    return isSame && isOwn === (by === this.#userId);
  }

  /**
   * Below the piece of the log: only what was sent here, in that order; with a place only if the
   * log agrees.
   */
  #ownInOrder(messages: readonly TimelineMessage[]): void {
    let position = -1;
    for (const { id, seq } of messages) {
      const index = this.submitted.findIndex((entry) => entry.id === id);
      demand(index >= 0, "I5", () => `${this.#room} shows ${id} out of place`);
      demand(index > position, "I6", () => `${this.#room} shows own messages out of order`);
      position = index;
      if (seq === undefined) continue;
      this.#oracle.at(this.#room, seq);
      const lineages = this.#oracle.lineages(this.#room);
      const isTrue = lineages.some((lineage) => lineage.at(seq)?.id === id);
      demand(isTrue, "I5", () => `${this.#room} shows ${id} at a wrong place`);
    }
  }

  #nothingVanished(messages: readonly TimelineMessage[]): void {
    const shown = new Set(messages.map((message) => message.id));
    const oldestSeq = this.#mayLag ? Number.POSITIVE_INFINITY : (messages[0]?.seq ?? 1);
    for (const { id, isDiscarded } of this.submitted) {
      if (isDiscarded || shown.has(id) || this.#oracle.lost.has(id)) continue;
      this.#oracle.refresh(this.#room);
      const seq = this.#oracle.seqOf(this.#room, id);
      const isElsewhere = seq !== undefined && seq < oldestSeq;
      demand(isElsewhere, "I9", () => `${this.#room} lost ${id} from view`);
    }
  }
}

/** How many messages from the first on follow each other without a hole. */
function gaplessStart(messages: readonly TimelineMessage[]): number {
  const first = messages[0]?.seq;
  if (first === undefined) return 0;
  const end = messages.findIndex((message, index) => message.seq !== first + index);
  return end === -1 ? messages.length : end;
}
