import type { ReactiveController, ReactiveControllerHost } from "lit";
import { ChatReadEvent } from "../events/chat-read.js";

/** A list that looks again where its reader is. */
export interface ReadHost extends ReactiveControllerHost, HTMLElement {
  scrolled(): void;
}

/**
 * Tells what was read, once each: what is in view while the page has the focus. A page in the
 * background shows much that nobody reads.
 */
export class ReadTracker implements ReactiveController {
  readonly #host: ReadHost;
  #toldSeq = 0;

  constructor(host: ReadHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.ownerDocument.defaultView?.addEventListener("focus", this.#onFocus);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.defaultView?.removeEventListener("focus", this.#onFocus);
  }

  /** Another room: nothing of it was told. */
  reset(): void {
    this.#toldSeq = 0;
  }

  /** Everything up to here was in view. */
  saw(seq: number): void {
    if (seq <= this.#toldSeq || !this.#host.ownerDocument.hasFocus()) return;
    this.#toldSeq = seq;
    new ChatReadEvent(seq).requestFrom(this.#host);
  }

  readonly #onFocus = (): void => {
    this.#host.scrolled();
  };
}
