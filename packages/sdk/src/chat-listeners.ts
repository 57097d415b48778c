import type { ChatEvents } from "./chat-events.js";
import type { Turns } from "./turns.js";

interface Entry {
  readonly name: keyof ChatEvents;
  readonly listener: (event: never) => void;
}

/** The application's listeners: called after the turn, each for itself. [L8] */
export class ChatListeners {
  readonly #turns: Turns;
  readonly #entries = new Set<Entry>();

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Adds a listener, the same one as often as asked; returns the function that takes it away. */
  on<Name extends keyof ChatEvents>(
    name: Name,
    listener: (event: ChatEvents[Name]) => void,
  ): () => void {
    const entry: Entry = { name, listener };
    this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
    };
  }

  /** Tells everybody who listens to this, and has not stopped by the time it is their turn. */
  emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void {
    for (const entry of this.#entries) {
      if (entry.name !== name) continue;
      this.#turns.afterwards(() => {
        if (this.#entries.has(entry)) entry.listener(event as never);
      });
    }
  }

  /** Nobody is told anything more. */
  clear(): void {
    this.#entries.clear();
  }
}
