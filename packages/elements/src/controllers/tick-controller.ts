import type { ReactiveController, ReactiveControllerHost } from "lit";
import { clock } from "../platform/clock.js";

/** Draws its host again after a while, for what changes by the passing of time alone. */
export class TickController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #cancel: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.in(undefined);
  }

  /** The next tick, instead of the one before; `undefined` for none. */
  in(delayMs: number | undefined): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (delayMs === undefined) return;
    this.#cancel = clock.after(Math.max(0, delayMs), () => {
      this.#cancel = undefined;
      this.#host.requestUpdate();
    });
  }
}
