import type { ReactiveController, ReactiveControllerHost } from "lit";
import { clock } from "../platform/clock.js";

/**
 * Frameworks move elements by taking them out and putting them back; this is longer than any of
 * them needs.
 */
const GRACE_MS = 500;

/**
 * Tells a move in the document from leaving it: what an element holds is given back only some
 * time after it left.
 */
export class GraceController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #leave: () => void;
  #cancel: (() => void) | undefined;
  #isHere = false;

  constructor(host: ReactiveControllerHost, leave: () => void) {
    this.#host = host;
    this.#leave = leave;
    host.addController(this);
  }

  /** In the document, or out of it for less than the grace. */
  get isHere(): boolean {
    return this.#isHere;
  }

  hostConnected(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isHere = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#cancel?.();
    this.#cancel = clock.after(GRACE_MS, () => {
      this.#isHere = false;
      this.#leave();
    });
  }
}
