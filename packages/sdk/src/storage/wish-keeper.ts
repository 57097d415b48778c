import type { Clock } from "../platform/clock.js";
import { LIMITS } from "../protocol/limits.js";
import type { RecordStorage, StorageProblem } from "./record-storage.js";
import { RecordWriter } from "./record-writer.js";
import type { StorageKeys } from "./storage-keys.js";

/** What a wish keeper works with. */
export interface WishKeeperOptions {
  readonly keys: StorageKeys;
  readonly records: RecordStorage;
  readonly clock: Clock;
  readonly failed: (problem: StorageProblem) => void;
}

/**
 * The ops of other tabs that somebody does not want any more: written down, because their tab may
 * be gone, and ours may be when they are found. [O11]
 */
export class WishKeeper {
  readonly #options: WishKeeperOptions;
  readonly #writer: RecordWriter;
  readonly #ids = new Set<string>();

  constructor(options: WishKeeperOptions) {
    this.#options = options;
    this.#writer = new RecordWriter({ ...options, durability: "relaxed" });
  }

  keep(id: string): void {
    const { keys, clock } = this.#options;
    const now = clock.now();
    this.#ids.add(id);
    this.#writer.put([...keys.wishes, id], () => now);
    this.#writer.flush();
  }

  /** The op is gone, so nobody needs to know. */
  drop(ids: Iterable<string>): void {
    for (const id of ids) {
      if (!this.#ids.delete(id)) continue;
      this.#writer.put([...this.#options.keys.wishes, id], () => undefined);
    }
    this.#writer.flush();
  }

  /** The wishes of all tabs; those that are older than any op are erased. */
  read(done: (ids: ReadonlySet<string>) => void): void {
    const { records, keys, clock, failed } = this.#options;
    records.read(keys.wishes, (result) => {
      if ("problem" in result) {
        failed(result.problem);
        return;
      }
      const oldest = clock.now() - LIMITS.opMaxAgeMs;
      for (const { key } of result.value) this.#ids.add(String(key.at(-1)));
      this.drop(
        result.value.flatMap(({ key, value }) =>
          (value as number) < oldest ? String(key.at(-1)) : [],
        ),
      );
      done(new Set(this.#ids));
    });
  }

  stop(): void {
    this.#writer.stop();
  }
}
