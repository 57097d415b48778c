import type { WritableAtom } from "nanostores";
import { createStore } from "./create-store.js";

/** What drafts need of their client. */
export interface DraftsClient {
  readonly platform: { readonly report: (error: unknown) => void };
  /** Keeps it, and tells the other tabs. */
  readonly storage: { keepDraft(place: string, text: string): void };
}

/** What was written and not sent, by place: a room, or a thread of one. */
export class Drafts {
  readonly #client: DraftsClient;
  readonly #stores = new Map<string, WritableAtom<string>>();

  constructor(client: DraftsClient) {
    this.#client = client;
  }

  /** The draft of a place: the same store each time. */
  of(place: string): WritableAtom<string> {
    const $draft = this.#stores.get(place) ?? createStore("", this.#client.platform.report);
    this.#stores.set(place, $draft);
    return $draft;
  }

  /** Written here. */
  write(place: string, text: string): void {
    if (this.of(place).get() === text) return;
    this.of(place).set(text);
    this.#client.storage.keepDraft(place, text);
  }
}
