import type { Mutant } from "./mutant.js";
import { SDK_MUTANTS } from "./sdk-mutants.js";
import { SERVER_MUTANTS } from "./server-mutants.js";

/** When the code under a mutant changes, the gate says so and the mutant is written anew. */
export const MUTANTS: readonly Mutant[] = [...SERVER_MUTANTS, ...SDK_MUTANTS];
