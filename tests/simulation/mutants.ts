import type { Mutant } from "./mutant.js";
import { SDK_MUTANTS } from "./sdk-mutants.js";
import { SERVER_MUTANTS } from "./server-mutants.js";

/**
 * Bugs that few seeds meet: the gate begins near one that does. When the simulation changes, they
 * are looked for anew; a bug that takes long costs time only.
 */
const FIRST_SEEDS: Readonly<Record<string, number>> = {
  "chain-ignored": 140,
  "comes-back": 170,
  "generation-ignored": 140,
  "late-token": 1420,
  "lost-answer": 890,
  "lowered-register": 120,
  "nobodys-messages": 60,
  "others-words": 100,
  "second-refresh": 340,
  "short-token-loop": 110,
  "stale-mirror": 560,
  "stays-on-top": 60,
  "thread-flicker": 60,
  "unlooked-room": 290,
  "unsticky-nack": 680,
};

/** When the code under a mutant changes, the gate says so and the mutant is written anew. */
export const MUTANTS: readonly (Mutant & { readonly firstSeed: number })[] = [
  ...SERVER_MUTANTS,
  ...SDK_MUTANTS,
].map((mutant) => ({ ...mutant, firstSeed: FIRST_SEEDS[mutant.id] ?? 1 }));
