import type { Clock } from "../platform/clock.js";
import type { TabLocks } from "../tabs/tab-locks.js";
import {
  MOVED_MAX_COUNT,
  type RecordStorage,
  type StorageProblem,
  type StoredRecord,
} from "./record-storage.js";
import { RecordWriter } from "./record-writer.js";
import { outboxLockName, type StorageKeys } from "./storage-keys.js";
import type { KeptOp, StorageScope } from "./user-storage.js";

/** Number of the first op of our own: what is adopted was said earlier and stands before it. */
const FIRST_OWN_NUMBER = 1_000_000 * MOVED_MAX_COUNT;

/** What an outbox keeper works with. */
export interface OutboxKeeperOptions<Op extends KeptOp> {
  readonly scope: StorageScope;
  readonly keys: StorageKeys;
  readonly namespace: string;
  readonly records: RecordStorage;
  readonly locks: TabLocks | undefined;
  readonly clock: Clock;
  /** All ops there are, to be written again when the lock was lost. */
  readonly ops: () => Iterable<Op>;
  readonly failed: (problem: StorageProblem) => void;
}

/**
 * The ops of one tab under the tab's own name, which a lock says is alive while there are any. No
 * op is written without the lock, so that nobody takes it for an orphan. [B1]
 */
export class OutboxKeeper<Op extends KeptOp> {
  readonly #options: OutboxKeeperOptions<Op>;
  readonly #writer: RecordWriter;
  /** Under which number each op stands. */
  readonly #numbers = new Map<string, number>();
  #nextNumber = FIRST_OWN_NUMBER;
  #nextAdoptedNumber = 1;
  /** How many outboxes are being taken over: what was in them may be ours already. */
  #adoptions = 0;
  #lock: "free" | "asked" | "held" = "free";
  #release: () => void = () => undefined;
  #whenHeld: (() => void)[] = [];

  constructor(options: OutboxKeeperOptions<Op>) {
    const { records, clock, failed } = options;
    this.#options = options;
    this.#writer = new RecordWriter({ records, clock, failed, durability: "strict" });
  }

  /** Writes them; `done` is called when they are durable. */
  put(ops: readonly Op[], done?: () => void): void {
    if (ops.length === 0) return;
    const { keys, namespace } = this.#options;
    for (const op of ops) {
      const number = this.#numbers.get(op.id) ?? this.#nextNumber++;
      this.#numbers.set(op.id, number);
      this.#writer.put(keys.op(namespace, number), () => op);
    }
    this.#hold(() => {
      this.#writer.flush(done);
    });
  }

  remove(ids: readonly string[]): void {
    const { keys, namespace } = this.#options;
    const known = ids.filter((id) => this.#numbers.has(id));
    if (known.length === 0) return;
    for (const id of known) {
      this.#writer.put(keys.op(namespace, this.#numbers.get(id) ?? 0), () => undefined);
      this.#numbers.delete(id);
    }
    this.#hold(() => {
      this.#writer.flush(() => {
        this.#letGo();
      });
    });
  }

  /** Takes over what stands under another name; `done` is given it in its order. */
  adopt(orphan: string, done: (ops: readonly Op[]) => void): void {
    const { records, keys, namespace, failed } = this.#options;
    this.#hold(() => {
      const first = this.#nextAdoptedNumber;
      this.#nextAdoptedNumber += MOVED_MAX_COUNT;
      this.#adoptions += 1;
      records.move(keys.outbox(orphan), keys.outbox(namespace), first, (result) => {
        if ("problem" in result) {
          failed(result.problem);
          return;
        }
        this.#adoptions -= 1;
        done(this.#take(result.value));
        this.#letGo();
      });
    });
  }

  /** Writes what waits, then gives the lock back: what is left is for others. */
  close(done: () => void): void {
    this.#writer.flush(() => {
      this.stop();
      done();
    });
  }

  /** Writes nothing more; what is written is still ours. */
  freeze(): void {
    this.#writer.stop();
    this.#whenHeld = [];
  }

  /** Writes nothing more and gives the lock back. */
  stop(): void {
    this.freeze();
    this.#release();
    this.#lock = "free";
  }

  #take(records: readonly StoredRecord[]): readonly Op[] {
    const ops: Op[] = [];
    for (const { key, value } of records) {
      const op = value as Op;
      this.#numbers.set(op.id, key.at(-1) as number);
      ops.push(op);
    }
    return ops;
  }

  #hold(task: () => void): void {
    const { scope, namespace, locks } = this.#options;
    if (this.#lock === "held" || !locks) {
      task();
      return;
    }
    this.#whenHeld.push(task);
    if (this.#lock === "asked") return;
    this.#lock = "asked";
    const granted = (): void => {
      this.#lock = "held";
      for (const waiting of this.#whenHeld.splice(0)) waiting();
    };
    const lost = (): void => {
      const wasHeld = this.#lock === "held";
      this.#lock = "free";
      if (!wasHeld) {
        this.#options.failed("refused");
        return;
      }
      // Somebody may have adopted everything meanwhile. Ids make what is sent twice harmless.
      this.put([...this.#options.ops()]);
    };
    this.#release = locks.hold(outboxLockName(scope, namespace), granted, lost);
  }

  #letGo(): void {
    if (this.#numbers.size > 0 || this.#adoptions > 0) return;
    if (this.#lock !== "held" || this.#whenHeld.length > 0) return;
    this.#lock = "free";
    this.#release();
  }
}
