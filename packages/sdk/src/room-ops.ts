import { errorFromCode } from "./errors.js";
import type { Wish } from "./op-draft.js";
import type { Operation } from "./operation.js";
import type { OutboxEntry } from "./outbox/outbox-entry.js";
import { purposeOf } from "./outbox/purpose-of.js";
import type { EditOp } from "./protocol/operations.js";
import type { RoomClient } from "./room-client.js";

/** Everything that is on its way from one room, in send order. */
interface OpsOfRoom {
  readonly entries: readonly OutboxEntry[];
}

/** What is asked for in one room. */
export class RoomOps {
  readonly #room: string;
  readonly #client: RoomClient;
  readonly #kept: OpsOfRoom;

  constructor(room: string, client: RoomClient, kept: OpsOfRoom) {
    this.#room = room;
    this.#client = client;
    this.#kept = kept;
  }

  /** Asks for something, in place of what failed if that is named. */
  ask(wish: Wish, failedId?: string): Operation {
    const client = this.#client;
    client.assertUsable(purposeOf(wish));
    const draft = client.draft(this.#room, wish);
    let operation!: Operation;
    client.turns.run(() => {
      operation = client.outbox.take(draft, failedId);
      client.wanted();
    });
    return operation;
  }

  retry(id: string): Operation {
    const { entries } = this.#kept;
    const failed = entries.find((entry) => entry.id === id);
    if (!failed) throw errorFromCode("not_found", "retry the message");
    const { op, tab } = failed;
    // A message that was never stored says what its refused edits wanted it to say.
    const edits = entries.flatMap(({ op: other, progress }) =>
      other.k === "edit" && other.target === id && progress.status === "failed" ? other : [],
    );
    const wish = { ...op, ...(op.k === "msg" && wordsOf(edits.at(-1))) };
    if (!tab) return this.ask(wish, id);
    this.discard(id);
    return this.ask(wish);
  }

  discard(id: string): Operation | undefined {
    const { turns, outbox, storage } = this.#client;
    let operation: Operation | undefined;
    turns.run(() => {
      const entry = outbox.find(this.#room, id);
      if (entry) operation = outbox.discard(entry);
      else storage.ask({ verb: "discard", room: this.#room, id });
    });
    return operation;
  }
}

function wordsOf(edit: EditOp | undefined): { body: string; mentions: string[] } | undefined {
  return edit && { body: edit.body, mentions: edit.mentions ?? [] };
}
