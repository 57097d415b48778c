import type { Clock } from "../platform/clock.js";
import { IndexedDbConnection } from "./indexeddb-connection.js";
import {
  MOVED_MAX_COUNT,
  type RecordBatch,
  type RecordKey,
  type RecordStorage,
  type StorageAnswer,
  type StoredRecord,
} from "./record-storage.js";

/** Records in IndexedDB: they outlive the page, the browser and, written strictly, a power cut. */
export class IndexedDbRecords implements RecordStorage {
  readonly #connection: IndexedDbConnection;

  /** `name` is that of the database. Nothing is opened before something is asked. */
  constructor(name: string, clock: Clock) {
    this.#connection = new IndexedDbConnection(name, clock);
  }

  read(prefix: RecordKey, done: StorageAnswer<readonly StoredRecord[]>): void {
    this.#connection.run<StoredRecord[]>(
      "readonly",
      "relaxed",
      (table, result) => {
        readAll(table, rangeOf(prefix), result);
      },
      done,
    );
  }

  keys(prefix: RecordKey, done: StorageAnswer<readonly RecordKey[]>): void {
    this.#connection.run<RecordKey[]>(
      "readonly",
      "relaxed",
      (table, result) => {
        const request = table.getAllKeys(rangeOf(prefix));
        request.onsuccess = () => {
          result(request.result as unknown as RecordKey[]);
        };
      },
      done,
    );
  }

  write({ put = [], erase = [], durability }: RecordBatch, done: StorageAnswer<undefined>): void {
    this.#connection.run<undefined>(
      "readwrite",
      durability,
      (table, result) => {
        for (const prefix of erase) table.delete(rangeOf(prefix));
        for (const { key, value } of put) table.put(value, [...key]);
        result(undefined);
        // Nothing is waited for: the page may be gone before it could be told.
        table.transaction.commit();
      },
      done,
    );
  }

  move(
    from: RecordKey,
    to: RecordKey,
    first: number,
    done: StorageAnswer<readonly StoredRecord[]>,
  ): void {
    this.#connection.run<StoredRecord[]>(
      "readwrite",
      "strict",
      (table, result) => {
        readAll(table, rangeOf(from), (found) => {
          for (const [index, { value }] of found.entries())
            table.put(value, [...to, first + index]);
          table.delete(rangeOf(from));
          // Not what was found: an attempt whose answer was lost may have moved it already.
          const last = [...to, first + MOVED_MAX_COUNT];
          readAll(table, IDBKeyRange.bound([...to, first], last, false, true), result);
        });
      },
      done,
    );
  }

  close(): void {
    this.#connection.close();
  }
}

function readAll(
  table: IDBObjectStore,
  range: IDBKeyRange,
  found: (records: StoredRecord[]) => void,
): void {
  const keys = table.getAllKeys(range);
  const values = table.getAll(range);
  values.onsuccess = () => {
    found(
      values.result.map((value: unknown, index) => ({
        key: keys.result[index] as unknown as RecordKey,
        value,
      })),
    );
  };
}

/** The key itself and all that are longer: a list is greater than every number and text. */
function rangeOf(prefix: RecordKey): IDBKeyRange {
  return IDBKeyRange.bound([...prefix], [...prefix, []]);
}
