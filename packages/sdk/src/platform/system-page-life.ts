import type { PageLife } from "./page-life.js";

/** The life of this page; a worker has none. */
export const SYSTEM_PAGE_LIFE: PageLife = {
  onHide(listener) {
    const { document } = globalThis as { readonly document?: Document };
    const hidden = (): void => {
      if (document?.visibilityState === "hidden") listener();
    };
    const names = ["pagehide", "freeze"] as const;
    for (const name of names) globalThis.addEventListener(name, listener);
    document?.addEventListener("visibilitychange", hidden);
    return () => {
      for (const name of names) globalThis.removeEventListener(name, listener);
      document?.removeEventListener("visibilitychange", hidden);
    };
  },

  onLeave(listener) {
    const left = (event: Event): void => {
      // A page that is kept may come back, with everything it has in hand.
      if (!(event as PageTransitionEvent).persisted) listener();
    };
    globalThis.addEventListener("pagehide", left);
    return () => {
      globalThis.removeEventListener("pagehide", left);
    };
  },
};
