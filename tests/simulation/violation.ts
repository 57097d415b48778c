/**
 * A broken promise, found by a checker. Its rule is an invariant of `docs/explanation/how-we-
 * test.md`.
 */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly invariant: string;

  constructor(invariant: string, message: string) {
    super(`${invariant}: ${message}`);
    this.invariant = invariant;
  }
}

/** Throws a `Violation` unless the promise holds. */
export function demand(holds: boolean, invariant: string, describe: () => string): asserts holds {
  if (!holds) throw new Violation(invariant, describe());
}
