import type { Database } from "../database.js";

/** Runs reads that see one and the same state. [L10] */
export function inOneMoment<Value>({ handle }: Database, read: () => Value): Value {
  return handle.transaction(read)();
}
