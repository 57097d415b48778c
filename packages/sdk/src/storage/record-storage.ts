/** A record's key, from the general to the particular. Numbers come before texts. */
export type RecordKey = readonly (string | number)[];

/** One record: plain data under a key. */
export interface StoredRecord {
  readonly key: RecordKey;
  readonly value: unknown;
}

/**
 * Why nothing can be kept. `unavailable`: there is no storage here, or it broke and did not come
 * back. `refused`: the browser does not allow it. `full`: no space. `newer-version`: another tab
 * runs a version whose storage this one cannot read.
 */
export type StorageProblem = "unavailable" | "refused" | "full" | "newer-version";

/** What came of asking a storage. */
export type StorageResult<Value> = { readonly value: Value } | { readonly problem: StorageProblem };

/** Takes a result, later, exactly once unless the storage was closed meanwhile. */
export type StorageAnswer<Value> = (result: StorageResult<Value>) => void;

/** Changes that happen together or not at all: first what is erased, then what is put. */
export interface RecordBatch {
  readonly put?: readonly StoredRecord[];
  /** Prefixes of keys; a whole key names one record. */
  readonly erase?: readonly RecordKey[];
  /** `strict` answers when the changes survive a power cut, `relaxed` when they outlive a page. */
  readonly durability: "strict" | "relaxed";
}

/** Numbers that a move leaves free for what it brings. */
export const MOVED_MAX_COUNT = 1_000_000;

/**
 * A database of this browser, shared by its tabs. What is asked of it happens in order. Failures
 * are results, never exceptions; after one, every later answer is a failure too.
 */
export interface RecordStorage {
  /** The records whose keys begin with the prefix, in the order of their keys. */
  read(prefix: RecordKey, done: StorageAnswer<readonly StoredRecord[]>): void;
  /** Their keys alone. */
  keys(prefix: RecordKey, done: StorageAnswer<readonly RecordKey[]>): void;
  write(batch: RecordBatch, done: StorageAnswer<undefined>): void;
  /**
   * Puts all records below one prefix below another, numbered from `first` in the order of their
   * keys, and gives what lies there now: up to `MOVED_MAX_COUNT` numbers are for this move alone,
   * so that asking again after a lost answer gives the same. One transaction: of two that ask, one
   * gets them.
   */
  move(
    from: RecordKey,
    to: RecordKey,
    first: number,
    done: StorageAnswer<readonly StoredRecord[]>,
  ): void;
  /** Answers nothing any more. Changes under way may or may not happen. */
  close(): void;
}
