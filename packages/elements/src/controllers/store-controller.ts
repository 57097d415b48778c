import type { ReactiveControllerHost } from "lit";

/** A value that tells when it changes. Every store of the SDK is one. */
export interface Readable<Value> {
  get(): Value;
  /** Calls the listener now and on every change; returns the function that stops. */
  subscribe(listener: (value: Value) => void): () => void;
}

/**
 * Keeps an element up to date with one store, which may be exchanged for another at any time. It
 * lets go only when told to: an element that moves in the document is removed and added again
 * within one task.
 */
export class StoreController<Value> {
  readonly #host: ReactiveControllerHost;
  #store: Readable<Value> | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get value(): Value | undefined {
    return this.#store?.get();
  }

  /** Follows this store instead of the one before; `undefined` follows none. */
  watch(store: Readable<Value> | undefined): void {
    if (store === this.#store) return;
    this.#stop?.();
    this.#store = store;
    this.#stop = store?.subscribe(() => {
      this.#host.requestUpdate();
    });
    this.#host.requestUpdate();
  }
}
