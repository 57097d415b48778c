import type { Clock } from "../platform/clock.js";
import type { TabLocks } from "../tabs/tab-locks.js";
import type { RecordKey, RecordStorage } from "./record-storage.js";
import { outboxLockName, type StorageKeys } from "./storage-keys.js";
import type { StorageScope } from "./user-storage.js";

/** The tab this page was before a reload may still be going when this one comes. */
const FIRST_SEARCHES_MS = [0, 1_000, 5_000];
/** A tab that crashed says nothing, so now and then somebody looks. */
const SEARCH_EVERY_MS = 30_000;
/** A tab that said goodbye is gone, and its lock free, after one of these. */
const GOODBYES_MS = [200, 2_000];
/** Where there are no locks, tabs that are alive have answered after this. */
const ROLL_CALL_MS = 1_000;

/** What a search for orphans works with. */
export interface OrphanSearchOptions {
  readonly scope: StorageScope;
  readonly keys: StorageKeys;
  readonly namespace: string;
  readonly records: RecordStorage;
  readonly locks: TabLocks | undefined;
  readonly clock: Clock;
  /** Whether a tab has been heard of; counts only where there are no locks. */
  readonly isAlive: (namespace: string) => boolean;
  /** Nobody has this outbox any more: it is taken over, and `done` called. */
  readonly found: (namespace: string, done: () => void) => void;
  /** The first look is over: what there was to adopt is adopted. */
  readonly looked: () => void;
}

/** Looks for outboxes whose tab is gone. [B1] */
export class OrphanSearch {
  readonly #options: OrphanSearchOptions;
  readonly #timers = new Set<() => void>();
  #isSearching = false;
  #isStopped = false;
  /** Gives back the lock of the outbox that is being taken over. */
  #release: () => void = () => undefined;

  constructor(options: OrphanSearchOptions) {
    this.#options = options;
    for (const delayMs of FIRST_SEARCHES_MS) this.#later(delayMs);
    this.#regularly();
  }

  /** There may be something now. */
  now(): void {
    this.#later(0);
  }

  /** A tab said goodbye. */
  onGoodbye(): void {
    for (const delayMs of GOODBYES_MS) this.#later(delayMs);
  }

  /** What was taken is given back, whether or not an answer comes. */
  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#isStopped = true;
    this.#release();
  }

  #later(delayMs: number): void {
    const cancel = this.#options.clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      this.#search();
    });
    this.#timers.add(cancel);
  }

  #regularly(): void {
    const cancel = this.#options.clock.after(SEARCH_EVERY_MS, () => {
      this.#timers.delete(cancel);
      this.#search();
      this.#regularly();
    });
    this.#timers.add(cancel);
  }

  #search(): void {
    if (this.#isSearching || this.#isStopped) return;
    this.#isSearching = true;
    const { records, keys, namespace, locks } = this.#options;
    records.keys(keys.outboxes, (result) => {
      // A storage that fails says so where something is written.
      const found = "value" in result ? result.value : [];
      const names = new Set(found.map((key) => nameOf(key, keys.outboxes.length)));
      names.delete(namespace);
      if (locks || names.size === 0) this.#tryNext([...names]);
      else this.#callRoll([...names]);
    });
  }

  #callRoll(names: readonly string[]): void {
    const cancel = this.#options.clock.after(ROLL_CALL_MS, () => {
      this.#timers.delete(cancel);
      this.#tryNext(names);
    });
    this.#timers.add(cancel);
  }

  #tryNext([name, ...others]: readonly string[]): void {
    if (this.#isStopped) return;
    const { scope, locks, isAlive, found, looked } = this.#options;
    if (name === undefined) {
      this.#isSearching = false;
      looked();
      return;
    }
    const next = (): void => {
      this.#tryNext(others);
    };
    if (!locks) {
      if (isAlive(name)) next();
      else found(name, next);
      return;
    }
    locks.take(outboxLockName(scope, name), (release) => {
      if (!release || this.#isStopped) {
        release?.();
        next();
        return;
      }
      this.#release = release;
      found(name, () => {
        release();
        next();
      });
    });
  }
}

function nameOf(key: RecordKey, index: number): string {
  return String(key[index]);
}
