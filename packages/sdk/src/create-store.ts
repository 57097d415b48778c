import { atom, type WritableAtom } from "nanostores";
import { isEqual } from "./is-equal.js";

/**
 * A store that changes only when its value looks different, and whose listeners' exceptions are
 * reported and disturb nothing. [L8]
 */
export function createStore<Value>(
  initial: Value,
  report: (error: unknown) => void,
): WritableAtom<Value> {
  const $store = atom(initial);
  const set = $store.set.bind($store);
  $store.eq = isEqual;
  $store.set = (value) => {
    try {
      set(value);
    } catch (error) {
      report(error);
    }
  };
  return $store;
}
