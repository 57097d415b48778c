import type { Random } from "./random.js";

/** Chance of the platform; ids come from its cryptographic source, since they must not collide. */
export const SYSTEM_RANDOM: Random = {
  number: () => Math.random(),
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
};
