import type { RoomState, TimelineItem, TimelineMessage } from "@confab/sdk";
import type { AskedOp } from "./asked-op.js";
import { BROWSER_DELAY_MAX_MS } from "./browser-node.js";
import {
  DOUBTS_MAX,
  lookOfAsked,
  lookOfRow,
  looksWith,
  textOf,
  type Look,
} from "./expected-look.js";
import { lookOfItem } from "./item-look.js";
import type { FoldedRow } from "./log-fold.js";
import type { Lineage } from "./log-oracle.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** What is looked at: a room, or one of its threads. */
export interface Viewed {
  readonly room: string;
  readonly root?: string;
}

/** Who looks, in which life of a tab. */
export interface Onlooker {
  readonly userId: string;
  readonly life: string;
}

/**
 * Watches what one life of a tab shows of one room. The view must be a gapless piece of the log,
 * then the user's own unsettled messages in the order they were sent, each exactly once, and each
 * must look as the log says, with the user's own unsettled changes on top. [I4] [I5] [I8] [I9] [B4]
 */
export class ViewChecker {
  readonly #world: World;
  readonly #room: string;
  /** Root of the thread that is looked at; absent for the room itself. */
  readonly #root: string | undefined;
  readonly #userId: string;
  readonly #life: string;
  #isAsking = false;
  #followers = 0;
  #mayLag = false;
  #seen: readonly TimelineItem[] | undefined;
  /** Items that were right once: the same object is the same look. */
  readonly #accepted = new WeakSet<TimelineItem>();

  constructor(world: World, { room, root }: Viewed, { userId, life }: Onlooker) {
    this.#world = world;
    this.#room = room;
    this.#root = root;
    // A page of replies is loaded first: until then a thread shows nothing of the log.
    this.#mayLag = root !== undefined;
    this.#userId = userId;
    this.#life = life;
  }

  /** Asks for something; the store changes before the id is known, so it is checked afterwards. */
  whileAsking<Result>(ask: () => Result): Result {
    this.#isAsking = true;
    try {
      return ask();
    } finally {
      this.#isAsking = false;
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
    if (this.#isAsking || items === this.#seen) return;
    this.#seen = items;
    if (this.#followers > 0 && status === "live") this.#mayLag = false;
    const messages = items.filter((item) => item.kind === "message");
    const ids = new Set(messages.map((message) => message.id));
    demand(ids.size === messages.length, "I5", () => `${this.#room} shows a message twice`);
    const newest = Math.max(0, ...messages.map(({ seq = 0 }) => seq));
    this.#world.oracle.at(this.#room, newest);
    this.#fitsSomeLineage(messages);
    this.#nothingVanished(ids, messages);
  }

  /** A restore is not known at once: the view may be of an earlier life of the log. */
  #fitsSomeLineage(messages: readonly TimelineMessage[]): void {
    let first: unknown;
    for (const lineage of this.#world.oracle.lineages(this.#room)) {
      try {
        const length = pieceOf(lineage, this.#seqs(lineage), messages);
        for (const item of messages.slice(0, length)) this.#rowLooksRight(lineage, item);
        return this.#ownInOrder(messages.slice(length));
      } catch (violation) {
        first ??= violation;
      }
    }
    throw first;
  }

  #rowLooksRight({ fold, seqs }: Lineage, item: TimelineMessage): void {
    if (this.#accepted.has(item)) return;
    const shown = textOf(lookOfItem(item, this.#userId));
    const by = item.isOwn ? this.#userId : item.by;
    const versions = fold.versions(item.id);
    const isWhose = versions[0]?.by === by && item.isOwn === (by === this.#userId);
    demand(isWhose, "I5", () => `${this.#room} shows ${item.id} as somebody else's`);
    const isRight = versions.some((version) => {
      const unsettled = this.#changes(item.id).filter(
        (op) => (seqs.get(op.id) ?? Number.POSITIVE_INFINITY) > version.rev || this.#isUntold(op),
      );
      return this.#mayLook(shown, looksOf(version, versions), unsettled);
    });
    demand(isRight, "I5", () => {
      const known = versions.map((version) => textOf(lookOfRow(version))).join(" | ");
      return `${this.#life} shows ${item.id} as ${shown}, the log says ${known}`;
    });
    this.#accepted.add(item);
  }

  /**
   * Whether neither an answer nor an event has told that the log has it. Rows do not tell which
   * changes made them, so over those of a snapshot it is shown until its answer comes; that of
   * another tab comes by way of the browser.
   */
  #isUntold({ id, life }: AskedOp): boolean {
    const { told, heard, clock } = this.#world;
    const isOnTheWay = clock.monotonic() < (heard.get(id) ?? Infinity) + BROWSER_DELAY_MAX_MS;
    return !told.has(`${this.#life} ${id}`) && (life === this.#life || isOnTheWay);
  }

  /** The user's own changes of a message, in the order they were asked for. */
  #changes(id: string): readonly AskedOp[] {
    return this.#world.asked.about(id).filter((op) => op.by === this.#userId);
  }

  /** Whether it can look like this with some of the unsettled changes on top. */
  #mayLook(
    shown: string,
    bases: readonly Look[],
    unsettled: readonly AskedOp[],
    mayBeGone: (op: AskedOp) => boolean = () => false,
  ): boolean {
    const isInDoubt = (op: AskedOp): boolean => this.#isInDoubt(op) || mayBeGone(op);
    if (unsettled.filter(isInDoubt).length > DOUBTS_MAX) return true;
    // What other tabs ask for is mirrored: which of two tabs asked first, this one cannot know.
    const own = unsettled.filter((op) => op.life === this.#life);
    const others = unsettled.filter((op) => op.life !== this.#life);
    const orders = [unsettled, [...own, ...others], [...others, ...own]];
    return bases.some((base) =>
      orders.some((order) =>
        looksWith(base, order, isInDoubt).some((look) => textOf(look) === shown),
      ),
    );
  }

  /** Whether its effect may or may not be shown: given up, refused, lost, or another tab's. */
  #isInDoubt(op: AskedOp): boolean {
    const { acks = new Set(), nacks = 0 } = this.#world.outcomes.get(op.id) ?? {};
    const isAboutNothing = (this.#world.outcomes.get(op.target ?? "")?.nacks ?? 0) > 0;
    // In a room that nobody follows, what is settled is shown no longer and not known yet.
    const isRefused = nacks > 0 || (this.#mayLag && acks.size > 0);
    const isLost = this.#world.oracle.lost.has(op.id);
    const isMine = op.life === this.#life;
    return op.isDiscarded || isRefused || isAboutNothing || isLost || !isMine;
  }

  /**
   * Below the piece of the log: only what this user sent, in that order; with a place only if the
   * log agrees.
   */
  #ownInOrder(messages: readonly TimelineMessage[]): void {
    let position = -1;
    const own = this.#world.asked.of(this.#life, this.#room);
    for (const item of messages) {
      const { id, seq } = item;
      const asked = this.#world.asked.get(id);
      demand(
        asked !== undefined &&
          this.#belongs(asked) &&
          asked.by === this.#userId &&
          asked.room === this.#room,
        "I5",
        () => `${this.#room} shows ${id} out of place`,
      );
      if (asked.life === this.#life) {
        const index = own.indexOf(asked);
        demand(index > position, "I6", () => `${this.#room} shows own messages out of order`);
        position = index;
      }
      if (!this.#accepted.has(item)) {
        const shown = textOf(lookOfItem(item, this.#userId));
        // A tab may not know yet that the message is in the log, below all that is shown here: then
        // what the log holds of its changes is on top no more. For other tabs an ack is enough.
        const isBelow = seq === undefined && this.#isStored(id);
        const isSettled = (op: AskedOp): boolean =>
          (isBelow && this.#isStored(op.id)) ||
          (asked.life !== this.#life && (this.#world.outcomes.get(op.id)?.acks.size ?? 0) > 0);
        const looks = [lookOfAsked(asked)];
        const isRight = this.#mayLook(shown, looks, this.#changes(id), isSettled);
        demand(isRight, "I5", () => {
          const changes = this.#changes(id).map((op) => `${op.kind} by ${op.life}`);
          return `${this.#room} shows the unsettled ${id} as ${shown}, ${changes.join(", ")}`;
        });
        this.#accepted.add(item);
      }
      if (seq === undefined) continue;
      this.#world.oracle.at(this.#room, seq);
      const lineages = this.#world.oracle.lineages(this.#room);
      const isTrue = lineages.some((lineage) => lineage.at(seq)?.id === id);
      demand(isTrue, "I5", () => `${this.#room} shows ${id} at a wrong place`);
    }
  }

  #isStored(id: string): boolean {
    this.#world.oracle.refresh(this.#room);
    return this.#world.oracle.seqOf(this.#room, id) !== undefined;
  }

  /** Places of the messages that are shown here. */
  #seqs({ fold, seqs }: Lineage): readonly number[] {
    if (this.#root === undefined) return fold.shown;
    return fold.replies(this.#root).flatMap((id) => seqs.get(id) ?? []);
  }

  #belongs({ kind, thread, isInRoom }: AskedOp): boolean {
    if (this.#root !== undefined) return thread === this.#root;
    return kind === "msg" && (thread === undefined || isInRoom === true);
  }

  #nothingVanished(shown: ReadonlySet<string>, messages: readonly TimelineMessage[]): void {
    const { asked, oracle } = this.#world;
    const oldestSeq = this.#mayLag ? Number.POSITIVE_INFINITY : (messages[0]?.seq ?? 1);
    for (const op of asked.of(this.#life, this.#room)) {
      if (!this.#belongs(op)) continue;
      if (op.isDiscarded || shown.has(op.id) || oracle.lost.has(op.id)) continue;
      oracle.refresh(this.#room);
      const seq = oracle.seqOf(this.#room, op.id);
      const isElsewhere = seq !== undefined && (seq < oldestSeq || this.#isOfOtherPast());
      demand(isElsewhere, "I9", () => `${this.#room} lost ${op.id} from view`);
    }
  }

  /**
   * Whether a backup was put back since the room was heard of. Without a socket no line breaks
   * then: an answer may give an op a place up to which the log that is shown goes already.
   */
  #isOfOtherPast(): boolean {
    const { restoresKnown, oracle } = this.#world;
    return (restoresKnown.get(`${this.#life} ${this.#room}`) ?? 0) < oracle.restores;
  }
}

/** How many messages from the first on follow each other in the room's log without a hole. */
function pieceOf(
  { events }: Lineage,
  seqs: readonly number[],
  messages: readonly TimelineMessage[],
): number {
  const start = seqs.indexOf(messages[0]?.seq ?? 0);
  if (start === -1) return 0;
  const end = messages.findIndex(({ seq, id }, index) => {
    const due = seqs[start + index];
    return seq === undefined || seq !== due || events[seq - 1]?.id !== id;
  });
  return end === -1 ? messages.length : end;
}

/** A deleted message may have been replayed without its words, before its deletion is replayed. */
function looksOf(version: FoldedRow, versions: readonly FoldedRow[]): Look[] {
  const look = lookOfRow(version);
  const isErased = versions.at(-1)?.deletedAt !== undefined && version.deletedAt === undefined;
  return isErased ? [look, { ...look, body: "", mentions: [] }] : [look];
}
