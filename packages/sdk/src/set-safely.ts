import type { WritableAtom } from "nanostores";

/** Sets a store; what its listeners throw is reported and disturbs nothing. [L8] */
export function setSafely<Value>(
  store: WritableAtom<Value>,
  value: Value,
  report: (error: unknown) => void,
): void {
  try {
    store.set(value);
  } catch (error) {
    report(error);
  }
}
