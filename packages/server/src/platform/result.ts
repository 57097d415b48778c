/**
 * What an answer by callback carries. The failure is always the same and always transient: storage
 * could not answer, nothing is known about the outcome, and trying again is safe. [O2]
 */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly cause: unknown };

/** Takes an answer, exactly once. It may be called before the asking function has returned. */
export type Done<Value> = (result: Result<Value>) => void;
