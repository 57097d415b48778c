import type { Clock } from "../platform/clock.js";
import type { StorageAnswer, StorageProblem } from "./record-storage.js";

/** The one table; what it holds is told apart by the keys. */
export const RECORDS = "records";

/** Raised when an older version of this package could not live with what this one stores. */
const SCHEMA_VERSION = 1;
/** A database that does not answer for this long is given up: some never do. */
const ANSWER_LIMIT_MS = 5_000;

/** How a piece of work uses the table and hands over its result before the transaction ends. */
export type Work<Value> = (table: IDBObjectStore, result: (value: Value) => void) => void;

/**
 * One connection to a database of this browser, made when needed. Connections die under a page:
 * Safari ends its storage process behind background tabs, people clear the data of a site. So each
 * piece of work is tried on a new connection once before it counts as failed.
 */
export class IndexedDbConnection {
  readonly #name: string;
  readonly #clock: Clock;
  #opening: Promise<IDBDatabase> | undefined;
  #database: IDBDatabase | undefined;
  #problem: StorageProblem | undefined;
  #isClosed = false;

  constructor(name: string, clock: Clock) {
    this.#name = name;
    this.#clock = clock;
  }

  /** Does the work in one transaction and answers when it has ended. */
  run<Value>(
    mode: IDBTransactionMode,
    durability: IDBTransactionDurability,
    work: Work<Value>,
    done: StorageAnswer<Value>,
  ): void {
    void this.#attempt(mode, durability, work)
      .catch((error: unknown) => this.#recover(error, () => this.#attempt(mode, durability, work)))
      .then(
        (value) => {
          if (!this.#isClosed) done({ value });
        },
        (error: unknown) => {
          this.#problem ??= problemOf(error);
          this.#drop();
          if (!this.#isClosed) done({ problem: this.#problem });
        },
      );
  }

  /** Ends the connection; nothing is answered any more. */
  close(): void {
    this.#isClosed = true;
    this.#drop();
  }

  async #recover<Value>(error: unknown, again: () => Promise<Value>): Promise<Value> {
    const isHopeless = this.#problem ?? (this.#isClosed || problemOf(error) !== "unavailable");
    if (isHopeless !== false) throw error;
    this.#drop();
    return again();
  }

  async #attempt<Value>(
    mode: IDBTransactionMode,
    durability: IDBTransactionDurability,
    work: Work<Value>,
  ): Promise<Value> {
    if (this.#problem) throw new Error(this.#problem);
    this.#opening ??= this.#within(this.#open());
    // A page that is being left has no later: what is to be written is handed over at once.
    const database = this.#database ?? (await this.#opening);
    const transaction = database.transaction(RECORDS, mode, { durability });
    return this.#within(outcome(transaction, work));
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      // Reading the property alone throws where the browser forbids storage.
      const request = indexedDB.open(this.#name, SCHEMA_VERSION);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(RECORDS);
      };
      request.onerror = () => {
        reject(request.error ?? new Error("the database cannot be opened"));
      };
      request.onsuccess = () => {
        const { result: database } = request;
        database.onversionchange = ({ newVersion }) => {
          // A newer tab waits for us; a deletion only asks to let go.
          if (newVersion !== null) this.#problem = "newer-version";
          this.#drop();
        };
        database.onclose = () => {
          this.#drop();
        };
        this.#database = database;
        if (this.#isClosed) this.#drop();
        resolve(database);
      };
    });
  }

  #drop(): void {
    this.#opening = undefined;
    this.#database?.close();
    this.#database = undefined;
  }

  /** A promise that fails when it takes too long. */
  #within<Value>(promise: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ANSWER_LIMIT_MS, () => {
        reject(new Error("the database does not answer"));
      });
      promise.then(resolve, reject).finally(cancel);
    });
  }
}

function outcome<Value>(transaction: IDBTransaction, work: Work<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    let result: Value;
    transaction.oncomplete = () => {
      if (isDone) resolve(result);
      else reject(new Error("the transaction ended early"));
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error("the transaction was aborted"));
    };
    try {
      work(transaction.objectStore(RECORDS), (value) => {
        isDone = true;
        result = value;
      });
    } catch (error) {
      transaction.abort();
      // The exception of a promise's maker is its rejection.
      throw error;
    }
  });
}

/** What an exception of a database means for whoever wanted to keep something. */
function problemOf(error: unknown): StorageProblem {
  switch ((error as { readonly name?: unknown } | undefined)?.name) {
    case "VersionError":
      return "newer-version";
    case "QuotaExceededError":
      return "full";
    case "SecurityError":
    case "NotAllowedError":
      return "refused";
    default:
      return "unavailable";
  }
}
