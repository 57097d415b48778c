import { storagePart } from "./lazy-parts.js";
import type { Clock } from "./platform/clock.js";
import type { LoadStorage } from "./storage/user-storage.js";

/** Nothing is sent before it is known whether it can be kept, so that is not waited for longer. */
const LOAD_LIMIT_MS = 5_000;

/** The storage of this browser, loaded when it is first needed. */
export function lazyStorage(clock: Clock): LoadStorage {
  return (done) => {
    let isDone = false;
    const settle = (module?: Parameters<typeof done>[0]): void => {
      if (!isDone) done(module);
      isDone = true;
    };
    clock.after(LOAD_LIMIT_MS, settle);
    storagePart().then(settle, () => {
      settle();
    });
  };
}
