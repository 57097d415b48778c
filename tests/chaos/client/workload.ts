import { isChatError, type Chat, type Operation, type Room } from "@confab/sdk";
import type { Dice } from "../dice.js";
import type { HistoryEntry, Submission } from "../history.js";
import type { OpenLists } from "./open-lists.js";
import { Targets } from "./targets.js";

interface WorkloadParts {
  readonly chat: Chat;
  readonly life: string;
  readonly rooms: readonly Room[];
  readonly lists: OpenLists;
  /** Ids of people who may be mentioned. */
  readonly users: readonly string[];
  readonly dice: Dice;
  readonly record: (entry: HistoryEntry) => void;
}

const WORDS = ["tea", "rain", "north", "quay", "lamp", "héron", "雨", "🚲", "later", "again"];
const EMOJI = ["👍", "❤️", "😂", "🚀"];

/** What people do, and how often. */
const WEIGHTS = {
  msg: 10,
  reply: 3,
  edit: 2,
  del: 1.2,
  react: 3,
  unreact: 1,
  pin: 0.5,
  unpin: 0.3,
  discard: 0.8,
  read: 2,
  typing: 1,
} as const;

/** What a life does to its rooms: every op it asks for is in the history before anything else. */
export class Workload {
  readonly #parts: WorkloadParts;
  #saidCount = 0;
  #unsettledCount = 0;

  constructor(parts: WorkloadParts) {
    this.#parts = parts;
  }

  get unsettledCount(): number {
    return this.#unsettledCount;
  }

  /** Does one thing in one room, as far as there is something to do it to. */
  act(): void {
    const { dice, rooms, record } = this.#parts;
    const room = dice.oneOf(rooms);
    const targets = new Targets(room, dice);
    const kind = dice.weighted(WEIGHTS);
    switch (kind) {
      case "msg":
        this.#say(room, {});
        return;
      case "reply":
        this.#reply(room, targets);
        return;
      case "edit":
        this.#edit(room, targets.own());
        return;
      case "discard": {
        const id = targets.waiting();
        if (id === undefined) return;
        record({ type: "discarded", room: room.id, id });
        room.discard(id);
        return;
      }
      case "read":
        room.markRead();
        return;
      case "typing":
        room.typing();
        return;
      default:
        this.#touch(room, kind, kind === "del" ? targets.own() : targets.anybodys());
    }
  }

  #reply(room: Room, targets: Targets): void {
    const { dice, lists } = this.#parts;
    const [answered, root] = [targets.anybodys(), targets.root()];
    if (dice.isLucky(0.4)) this.#say(room, { ...(answered && { replyTo: answered }) });
    else if (root !== undefined) {
      lists.openThread(room, root);
      this.#say(room, { thread: root, ...(dice.isLucky(0.3) && { inRoom: true }) });
    }
  }

  #say(room: Room, options: Pick<Submission, "replyTo" | "thread" | "inRoom">): void {
    const { dice, users } = this.#parts;
    const body = this.#text();
    const mentions = dice.isLucky(0.15) ? [dice.oneOf(users)] : undefined;
    this.#submit(room, { kind: "msg", body, ...options }, () => {
      return room.send(body, { ...options, mentions });
    });
  }

  #edit(room: Room, target: string | undefined): void {
    if (target === undefined) return;
    const body = this.#text();
    this.#submit(room, { kind: "edit", target, body }, () => room.edit(target, body));
  }

  #touch(
    room: Room,
    kind: "del" | "react" | "unreact" | "pin" | "unpin",
    target: string | undefined,
  ): void {
    if (target === undefined) return;
    const emoji = this.#parts.dice.oneOf(EMOJI);
    const ask = {
      del: () => room.delete(target),
      react: () => room.react(target, emoji),
      unreact: () => room.unreact(target, emoji),
      pin: () => room.pin(target),
      unpin: () => room.unpin(target),
    };
    const isReaction = kind === "react" || kind === "unreact";
    this.#submit(room, { kind, target, ...(isReaction && { emoji }) }, ask[kind]);
  }

  /** Words no other op of the run has: they begin with the life and a number. */
  #text(): string {
    const { dice, life } = this.#parts;
    this.#saidCount += 1;
    const words = Array.from({ length: dice.between(1, 12) }, () => dice.oneOf(WORDS));
    return `${life}#${String(this.#saidCount)}: ${words.join(" ")}`;
  }

  #submit(room: Room, submission: Submission, ask: () => Operation): void {
    const { record } = this.#parts;
    let operation: Operation;
    try {
      operation = ask();
    } catch (error) {
      // An outbox that is full refuses at once, and nothing has happened.
      if (codeOf(error) === "outbox_full") return;
      record({ type: "broken", room: room.id, problem: `${submission.kind}: ${String(error)}` });
      return;
    }
    const op = { room: room.id, id: operation.id };
    record({ type: "submitted", ...op, ...submission });
    this.#unsettledCount += 1;
    operation.settled.then(
      ({ seq }) => {
        this.#unsettledCount -= 1;
        record({ type: "acked", ...op, seq });
      },
      (error: unknown) => {
        // A chat that was closed has given no answer: the outcome is open.
        if (codeOf(error) === "closed") return;
        this.#unsettledCount -= 1;
        record({ type: "nacked", ...op, code: codeOf(error) });
      },
    );
  }
}

function codeOf(error: unknown): string {
  return isChatError(error) ? error.code : String(error);
}
