import { html, nothing, type ReactiveController, type ReactiveControllerHost } from "lit";

/**
 * Passes slots of an element on to the same slots of a part inside it, as long as the page fills
 * them. An empty slot passed on would count as content there and hide what the part shows by
 * itself.
 */
export class ForwardedSlots implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #observer: MutationObserver;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    this.#observer = new MutationObserver(() => {
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostConnected(): void {
    // The slot of a child is an attribute of the child.
    const changes = { childList: true, subtree: true, attributeFilter: ["slot"] };
    this.#observer.observe(this.#host, changes);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** The slot of this name, if the page fills it. */
  forward(name: string): unknown {
    const isFilled = [...this.#host.children].some((child) => child.slot === name);
    return isFilled ? html`<slot name=${name} slot=${name}></slot>` : nothing;
  }
}
