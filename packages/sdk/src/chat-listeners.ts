import type { ChatEvents } from "./chat.js";

type Listener<Name extends keyof ChatEvents> = (event: ChatEvents[Name]) => void;

/** Who listens to the events of a chat. */
export class ChatListeners {
  readonly #report: (error: unknown) => void;
  readonly #byName: { readonly [Name in keyof ChatEvents]: Set<Listener<Name>> } = {
    discontinuity: new Set(),
  };

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  /**
   * Adds a listener; returns the function that removes it. The same function may be added twice.
   */
  add<Name extends keyof ChatEvents>(name: Name, listener: Listener<Name>): () => void {
    const own: Listener<Name> = (event) => {
      listener(event);
    };
    this.#byName[name].add(own);
    return () => {
      this.#byName[name].delete(own);
    };
  }

  /** Tells everybody, each in their own try. [L8] */
  emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void {
    for (const listener of [...this.#byName[name]]) {
      try {
        listener(event);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  clear(): void {
    for (const listeners of Object.values(this.#byName)) listeners.clear();
  }
}
