import type { Network } from "./network.js";

/** Network and wake hints of a browser or worker; elsewhere always online and never asleep. [V2] */
export const SYSTEM_NETWORK: Network = {
  isOnline() {
    const navigator = (globalThis as { navigator?: { onLine?: boolean } }).navigator;
    return navigator?.onLine !== false;
  },

  onChange(listener) {
    return listen(globalThis, ["online", "offline"], listener);
  },

  onWake(listener) {
    const document = (globalThis as { document?: Document }).document;
    const stopPage = listen(globalThis, ["pageshow"], listener);
    const stopDocument = listen(document, ["visibilitychange", "resume"], () => {
      if (document?.visibilityState === "visible") listener();
    });
    return () => {
      stopPage();
      stopDocument();
    };
  },
};

/** Listens, if there is something to listen to. */
function listen(
  target: Partial<EventTarget> | undefined,
  names: readonly string[],
  listener: () => void,
): () => void {
  for (const name of names) target?.addEventListener?.(name, listener);
  return () => {
    for (const name of names) target?.removeEventListener?.(name, listener);
  };
}
