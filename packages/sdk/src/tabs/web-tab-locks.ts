import type { TabLocks } from "./tab-locks.js";

/** Locks by the Web Locks API; undefined where there is none, as on pages without TLS. */
export function webTabLocks(): TabLocks | undefined {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: LockManager } };
  const locks = navigator?.locks;
  if (!locks) return undefined;
  return {
    hold(name, granted, lost) {
      const released = new Gate();
      const request = locks.request(name, () => {
        if (!released.isOpen) granted();
        return released.opened;
      });
      request.catch(() => {
        if (!released.isOpen) lost();
      });
      return () => {
        released.open();
      };
    },
    take(name, done) {
      let isAnswered = false;
      const request = locks.request(name, { ifAvailable: true }, (lock) => {
        isAnswered = true;
        if (!lock) {
          done(undefined);
          return undefined;
        }
        const released = new Gate();
        done(() => {
          released.open();
        });
        return released.opened;
      });
      // A lock that is taken back after it was given needs no answer: it is used for a moment only.
      request.catch(() => {
        if (!isAnswered) done(undefined);
      });
    },
  };
}

/** A promise that is kept from outside. */
class Gate {
  isOpen = false;
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = () => {
      this.isOpen = true;
      resolve();
    };
  });
}
