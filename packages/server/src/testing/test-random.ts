import type { Random } from "../platform/random.js";

/** Randomness that is the same in every run: numbers are always a half, hex strings count up. */
export function createTestRandom(): Random {
  let count = 0;
  return {
    number: () => 0.5,
    hex(byteCount) {
      count += 1;
      return count.toString(16).padStart(byteCount * 2, "0");
    },
  };
}
