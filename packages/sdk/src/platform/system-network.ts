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

function listen(target: unknown, names: readonly string[], listener: () => void): () => void {
  if (!canListen(target)) return () => undefined;
  for (const name of names) target.addEventListener(name, listener);
  return () => {
    for (const name of names) target.removeEventListener(name, listener);
  };
}

function canListen(target: unknown): target is EventTarget {
  return typeof (target as Partial<EventTarget> | undefined)?.addEventListener === "function";
}
