import type { Network } from "../platform/network.js";

/** Network and wake hints, given by a test. */
export class ScriptedNetwork implements Network {
  #isOnline = true;
  readonly #onChange = new Set<() => void>();
  readonly #onWake = new Set<() => void>();

  /** How many listen; 0 again when a client has closed. */
  get listenerCount(): number {
    return this.#onChange.size + this.#onWake.size;
  }

  isOnline(): boolean {
    return this.#isOnline;
  }

  onChange(listener: () => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  onWake(listener: () => void): () => void {
    this.#onWake.add(listener);
    return () => this.#onWake.delete(listener);
  }

  goOffline(): void {
    this.#isOnline = false;
    for (const listener of [...this.#onChange]) listener();
  }

  goOnline(): void {
    this.#isOnline = true;
    for (const listener of [...this.#onChange]) listener();
  }

  wake(): void {
    for (const listener of [...this.#onWake]) listener();
  }
}
