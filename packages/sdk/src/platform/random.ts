/** Chance as the core knows it. */
export interface Random {
  /** At least 0, less than 1. */
  number(): number;
  bytes(count: number): Uint8Array;
}
