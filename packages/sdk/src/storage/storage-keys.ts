import type { RecordKey } from "./record-storage.js";
import type { StorageScope } from "./user-storage.js";

/** The database of a server. */
export function databaseName({ server }: StorageScope): string {
  return `confab:${server}`;
}

/** The channel of all tabs of a user. */
export function channelName({ server, user }: StorageScope): string {
  return `confab:${server}:${user}`;
}

/** The lock of a tab's outbox, held only while something is in it. [B1] */
export function outboxLockName({ server, user }: StorageScope, namespace: string): string {
  return `confab:${server}:${user}:${namespace}`;
}

/** When each user's data was last used; a number, so that no user has this name. */
export const USES_KEY: RecordKey = [0];

/** Where the records of one user stand. */
export class StorageKeys {
  /** Everything of the user. */
  readonly all: RecordKey;
  /** When it was last used, in Unix milliseconds. */
  readonly use: RecordKey;
  /** Ops of other tabs that are not wanted any more. */
  readonly wishes: RecordKey;
  /** All outboxes. */
  readonly outboxes: RecordKey;
  /** All that is read at the start. */
  readonly facts: RecordKey;

  constructor({ user }: StorageScope) {
    this.all = [user];
    this.use = [...USES_KEY, user];
    this.wishes = [user, "wish"];
    this.outboxes = [user, "outbox"];
    this.facts = [user, "fact"];
  }

  outbox(namespace: string): RecordKey {
    return [...this.outboxes, namespace];
  }

  op(namespace: string, number: number): RecordKey {
    return [...this.outbox(namespace), number];
  }

  /** `kind` is `me`, `rooms`, `position` or `draft`; the latter two have one per name. */
  fact(kind: string, name = ""): RecordKey {
    return [...this.facts, kind, name];
  }

  window(room: string): RecordKey {
    return [...this.all, "window", room];
  }
}
