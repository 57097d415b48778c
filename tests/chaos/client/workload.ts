import type { Chat, Operation, Room } from "@confab/sdk";
import type { Dice } from "../dice.js";
import type { HistoryEntry, Submission } from "../history.js";

interface WorkloadParts {
  readonly chat: Chat;
  readonly life: string;
  readonly rooms: readonly Room[];
  readonly dice: Dice;
  readonly record: (entry: HistoryEntry) => void;
}

const WORDS = ["tea", "rain", "north", "quay", "lamp", "héron", "雨", "🚲", "later", "again"];

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

  /** Asks for one op. An outbox that is full refuses it, and nothing happens. */
  act(): void {
    const room = this.#parts.dice.oneOf(this.#parts.rooms);
    this.#say(room);
  }

  #say(room: Room): void {
    const body = this.#text();
    this.#submit(room, { kind: "msg", body }, () => room.send(body));
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
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : String(error);
}
