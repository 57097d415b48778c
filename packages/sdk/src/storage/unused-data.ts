import type { Clock } from "../platform/clock.js";
import type { RecordKey, RecordStorage } from "./record-storage.js";
import { USES_KEY, type StorageKeys } from "./storage-keys.js";

const DAY_MS = 86_400_000;
/** A guest can come back for 30 days; after that nobody can ask for what was theirs. */
const UNUSED_MAX_MS = 30 * DAY_MS;

/** What is looked through, and whose data is in use. */
export interface UnusedDataOptions {
  readonly keys: StorageKeys;
  readonly records: RecordStorage;
  readonly clock: Clock;
}

/**
 * Notes that this user's data is used, each day, and erases that of users who were not here for a
 * month. Returns the function that stops.
 */
export function eraseUnusedData(options: UnusedDataOptions): () => void {
  const { keys, records, clock } = options;
  const put = [{ key: keys.use, value: clock.now() }];
  records.write({ put, durability: "relaxed" }, () => undefined);
  records.read(USES_KEY, (result) => {
    // A storage that fails says so where something of the user is kept.
    const uses = "value" in result ? result.value : [];
    const erase = uses.flatMap(({ key, value }): RecordKey[] => {
      const isUnused = clock.now() - (value as number) > UNUSED_MAX_MS;
      return isUnused ? [[key.at(-1) ?? ""], key] : [];
    });
    if (erase.length > 0) records.write({ erase, durability: "relaxed" }, () => undefined);
  });
  let stop = clock.after(DAY_MS, () => {
    stop = eraseUnusedData(options);
  });
  return () => {
    stop();
  };
}
