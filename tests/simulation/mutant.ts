import type { TextEdit } from "./bundle.js";

/** A deliberate bug, what it would mean, and the invariants of which one must notice it. */
export interface Mutant {
  readonly id: string;
  readonly story: string;
  readonly edits: readonly TextEdit[];
  readonly expected: RegExp;
}

/** Makes one. `find` must stand exactly once in its file: where it does not, the gate says so. */
export function mutant(
  id: string,
  story: string,
  expected: RegExp,
  ...edits: readonly TextEdit[]
): Mutant {
  return { id, story, expected, edits };
}
