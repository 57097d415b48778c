import type {
  RecordBatch,
  RecordKey,
  RecordStorage,
  StorageAnswer,
  StorageProblem,
  StoredRecord,
} from "../storage/record-storage.js";

/** The databases of a virtual browser: records by the text of their key, by database. */
export type VirtualDatabases = Map<string, Map<string, StoredRecord>>;

/** How a virtual database reaches its tab. */
export interface VirtualRecordsOptions {
  readonly databases: VirtualDatabases;
  readonly name: string;
  /** Runs the task later, after all that were given before. */
  readonly later: (task: () => void) => void;
  /** What is wrong with the storage by now. */
  readonly problem: () => StorageProblem | undefined;
  /** Whether somebody is there to take an answer. */
  readonly isAlive: () => boolean;
}

/** Records in the memory of a test: they outlive the tab, and every answer takes its time. */
export class VirtualRecords implements RecordStorage {
  readonly #options: VirtualRecordsOptions;
  readonly #table: Map<string, StoredRecord>;
  #broken: StorageProblem | undefined;
  #isClosed = false;

  constructor(options: VirtualRecordsOptions) {
    const { databases, name } = options;
    this.#options = options;
    this.#table = databases.get(name) ?? new Map<string, StoredRecord>();
    databases.set(name, this.#table);
  }

  read(prefix: RecordKey, done: StorageAnswer<readonly StoredRecord[]>): void {
    this.#ask(() => this.#below(prefix).map((record) => structuredClone(record)), done);
  }

  keys(prefix: RecordKey, done: StorageAnswer<readonly RecordKey[]>): void {
    this.#ask(() => this.#below(prefix).map(({ key }) => key), done);
  }

  write({ put = [], erase = [] }: RecordBatch, done: StorageAnswer<undefined>): void {
    const copies = put.map((record) => structuredClone(record));
    this.#ask(() => {
      for (const prefix of erase) this.#erase(prefix);
      for (const record of copies) this.#table.set(JSON.stringify(record.key), record);
      return undefined;
    }, done);
  }

  move(
    from: RecordKey,
    to: RecordKey,
    first: number,
    done: StorageAnswer<readonly StoredRecord[]>,
  ): void {
    this.#ask(() => {
      const moved = this.#below(from).map(({ value }, index) => {
        const key = [...to, first + index];
        return { key, value };
      });
      this.#erase(from);
      for (const record of moved) this.#table.set(JSON.stringify(record.key), record);
      return moved.map((record) => structuredClone(record));
    }, done);
  }

  close(): void {
    this.#isClosed = true;
  }

  #ask<Value>(work: () => Value, done: StorageAnswer<Value>): void {
    const { later, problem, isAlive } = this.#options;
    later(() => {
      // What a real connection was asked for and has not begun is lost when it is closed.
      if (this.#isClosed) return;
      this.#broken ??= problem();
      const result = this.#broken ? { problem: this.#broken } : { value: work() };
      if (isAlive()) done(result);
    });
  }

  #below(prefix: RecordKey): StoredRecord[] {
    return [...this.#table.values()]
      .filter(({ key }) => prefix.every((part, index) => key[index] === part))
      .sort((left, right) => compareKeys(left.key, right.key));
  }

  #erase(prefix: RecordKey): void {
    for (const { key } of this.#below(prefix)) this.#table.delete(JSON.stringify(key));
  }
}

/** The order of IndexedDB for keys like these: numbers before texts, the beginning before all. */
function compareKeys(left: RecordKey, right: RecordKey): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (typeof part !== typeof other) return typeof part === "number" ? -1 : 1;
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}
