import type { Random } from "../platform/random.js";

/**
 * Chance that a seed repeats exactly (sfc32). Named substreams keep apart what must not shift each
 * other: drawing once more from `fork("network")` changes nothing for `fork("people")`.
 */
export class SeededRandom implements Random {
  readonly #seed: string;
  readonly #state: Uint32Array;

  constructor(seed: number | string) {
    this.#seed = String(seed);
    this.#state = new Uint32Array([...hashWords(this.#seed), 1]);
    for (let round = 0; round < 12; round += 1) this.#next();
  }

  /** At least 0, less than 1. */
  number(): number {
    return this.#next() / 2 ** 32;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#next() & 0xff);
  }

  /** A whole number of at least `low` and less than `high`. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.number() * (high - low));
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.number() < probability;
  }

  /** One of the choices. Throws `RangeError` when there is none. */
  pick<Choice>(choices: readonly Choice[]): Choice {
    if (choices.length === 0) throw new RangeError("unable to pick; there is nothing to choose");
    return choices[this.integer(0, choices.length)] as Choice;
  }

  /**
   * A stream of its own that depends only on the seed and the name, not on what was drawn before.
   */
  fork(name: string): SeededRandom {
    return new SeededRandom(`${this.#seed}/${name}`);
  }

  #next(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, counter = 0] = state;
    const sum = (a + b + counter) | 0;
    state[3] = counter + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  }
}

/** Three 32-bit words from a text (FNV-1a with three different beginnings). */
function hashWords(text: string): readonly number[] {
  return [0x811c9dc5, 0x9e3779b9, 0x85ebca6b].map((start) => {
    let hash = start;
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
    return hash >>> 0;
  });
}
