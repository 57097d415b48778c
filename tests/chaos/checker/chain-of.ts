const START = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const WIDTH = 64;

/** Chain of a log that holds nothing. */
export const START_CHAIN = "0".repeat(16);

/** FNV-1a-64 over the previous chain and the id, as the protocol page says it. [L3] */
export function chainOf(previous: string, id: string): string {
  let state = START;
  for (const byte of Buffer.from(previous + id, "ascii")) {
    state = BigInt.asUintN(WIDTH, (state ^ BigInt(byte)) * PRIME);
  }
  return state.toString(16).padStart(16, "0");
}
