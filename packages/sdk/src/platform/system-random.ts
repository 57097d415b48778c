import type { Random } from "./random.js";

/** Chance from the platform's cryptographic source: ids must not collide between machines. */
export const SYSTEM_RANDOM: Random = {
  number: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
