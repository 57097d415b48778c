import type { Clock } from "../platform/clock.js";
import type { RecordStorage, StorageProblem } from "./record-storage.js";
import { RecordWriter } from "./record-writer.js";
import type { StorageKeys } from "./storage-keys.js";
import type { RoomWindow } from "./user-storage.js";

/** A busy room is written this often at most. */
const WRITE_DELAY_MS = 2_000;
/** Newest messages kept of a room: two screens, and less than a snapshot costs. */
const ROWS_MAX_COUNT = 100;

/** What a window keeper works with. */
export interface WindowKeeperOptions {
  readonly keys: StorageKeys;
  readonly records: RecordStorage;
  readonly clock: Clock;
  readonly failed: (problem: StorageProblem) => void;
}

/** The newest part of each room: one record per room, so that rows and cursor belong together. */
export class WindowKeeper {
  readonly #options: WindowKeeperOptions;
  readonly #writer: RecordWriter;
  readonly #windows = new Map<string, RoomWindow | undefined>();

  constructor(options: WindowKeeperOptions) {
    const { records, clock, failed } = options;
    this.#options = options;
    this.#writer = new RecordWriter({
      records,
      clock,
      failed,
      durability: "relaxed",
      delayMs: WRITE_DELAY_MS,
    });
  }

  keep(room: string, window: RoomWindow | undefined): void {
    if (this.#windows.has(room) && isSame(this.#windows.get(room), window)) return;
    this.#windows.set(room, window);
    this.#writer.put(this.#options.keys.window(room), () => {
      const newest = this.#windows.get(room);
      return newest && trimmed(newest);
    });
  }

  read(room: string, done: (window: RoomWindow | undefined) => void): void {
    const { records, keys, failed } = this.#options;
    records.read(keys.window(room), (result) => {
      done("value" in result ? (result.value[0]?.value as RoomWindow | undefined) : undefined);
      if ("problem" in result) failed(result.problem);
    });
  }

  /** Writes what waits. */
  flush(done?: () => void): void {
    this.#writer.flush(done);
  }

  stop(): void {
    this.#writer.stop();
  }
}

/** What is written of both is the same: a log changes for other reasons too. */
function isSame(left: RoomWindow | undefined, right: RoomWindow | undefined): boolean {
  const parts = ["cursor", "rows", "hasOlder", "info", "capabilities"] as const;
  return parts.every((part) => left?.[part] === right?.[part]);
}

/** The newest messages, and nothing that is not asked for: the caller may hand over more. */
function trimmed({ cursor, rows, hasOlder, info, capabilities }: RoomWindow): RoomWindow {
  return {
    cursor,
    rows: rows.slice(-ROWS_MAX_COUNT),
    hasOlder: hasOlder || rows.length > ROWS_MAX_COUNT,
    capabilities,
    ...(info && { info }),
  };
}
