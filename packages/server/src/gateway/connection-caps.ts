/** How many connections are open at most. */
export interface ConnectionLimits {
  readonly total: number;
  readonly perAddress: number;
}

/** Counts open connections, so that nobody takes them all. [H2] */
export class ConnectionCaps {
  readonly #limits: ConnectionLimits;
  readonly #byAddress = new Map<string, number>();
  #total = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Which limit one more connection from this address would break, if any. */
  problem(address: string): "total" | "address" | undefined {
    if (this.#total >= this.#limits.total) return "total";
    const count = this.#byAddress.get(address) ?? 0;
    return count >= this.#limits.perAddress ? "address" : undefined;
  }

  add(address: string): void {
    this.#total += 1;
    this.#byAddress.set(address, (this.#byAddress.get(address) ?? 0) + 1);
  }

  remove(address: string): void {
    this.#total -= 1;
    const count = (this.#byAddress.get(address) ?? 0) - 1;
    if (count > 0) this.#byAddress.set(address, count);
    else this.#byAddress.delete(address);
  }
}
