import type { PageLife } from "./page-life.js";

/** The life of this page; a worker has none. */
export const SYSTEM_PAGE_LIFE: PageLife = {
  onHide(listener) {
    const { document } = globalThis as { readonly document?: Document };
    const stops = [
      listen(globalThis, "pagehide", listener),
      listen(globalThis, "freeze", listener),
      listen(document, "visibilitychange", () => {
        if (document?.visibilityState === "hidden") listener();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  },

  onLeave(listener) {
    return listen(globalThis, "pagehide", (event) => {
      // A page that is kept may come back, with everything it has in hand.
      if (!(event as PageTransitionEvent).persisted) listener();
    });
  },
};

/** Listens, if there is something to listen to. */
function listen(
  target: Partial<EventTarget> | undefined,
  name: string,
  listener: (event: Event) => void,
): () => void {
  target?.addEventListener?.(name, listener);
  return () => {
    target?.removeEventListener?.(name, listener);
  };
}
