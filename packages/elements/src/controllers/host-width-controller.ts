import type { LitElement, ReactiveController } from "lit";

/** Tells an element when its own width crosses a limit, before the frame is painted. */
export class HostWidthController implements ReactiveController {
  readonly #host: LitElement;
  readonly #limitPx: number;
  #observer: ResizeObserver | undefined;
  #isNarrow = false;

  constructor(host: LitElement, limitPx: number) {
    this.#host = host;
    this.#limitPx = limitPx;
    host.addController(this);
  }

  /** Narrower than the limit. */
  get isNarrow(): boolean {
    return this.#isNarrow;
  }

  hostConnected(): void {
    this.#observer ??= new ResizeObserver(() => {
      this.#measure();
    });
    this.#observer.observe(this.#host);
    this.#measure();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #measure(): void {
    const { width } = this.#host.getBoundingClientRect();
    const isNarrow = width > 0 ? width < this.#limitPx : this.#isNarrow;
    if (isNarrow === this.#isNarrow) return;
    this.#isNarrow = isNarrow;
    this.#host.requestUpdate();
  }
}
