import type { Chat } from "@confab/sdk";
import { clock } from "../platform/clock.js";

/** A page that shows its next room within this time keeps its connection. */
const CLOSE_AFTER_MS = 5000;

interface Entry {
  chat: Chat;
  readonly create: () => Chat;
  readonly users: Set<() => void>;
  cancelClose?: () => void;
}

/** A share in a client. */
export interface ClientLease {
  readonly chat: Chat;
  /**
   * Replaces the client by a new one, for everybody who shares it: its identity is fetched again.
   */
  renew(): void;
  /** Gives the share back; the last one closes the client a little later. */
  release(): void;
}

const entries = new Map<string, Entry>();

/**
 * The client of this page for one server and identity; made when it is the first. All rooms with
 * the same key share it. `replaced` is called when another client has taken its place.
 */
export function leaseClient(key: string, create: () => Chat, replaced: () => void): ClientLease {
  const entry = entries.get(key) ?? { chat: create(), create, users: new Set<() => void>() };
  entries.set(key, entry);
  entry.cancelClose?.();
  const user = (): void => {
    replaced();
  };
  entry.users.add(user);
  return {
    get chat() {
      return entry.chat;
    },
    renew() {
      entry.chat.close();
      entry.chat = entry.create();
      for (const other of [...entry.users]) other();
    },
    release() {
      if (!entry.users.delete(user) || entry.users.size > 0) return;
      entry.cancelClose = clock.after(CLOSE_AFTER_MS, () => {
        entries.delete(key);
        entry.chat.close();
      });
    },
  };
}
