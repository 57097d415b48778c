import {
  ACCESS_CONTEXT,
  type AccessListener,
  type ContextRequest,
  type ProvidedAccess,
} from "../identity/access-context.js";

/** Answers everybody below its host who asks for access, and tells them of every change. */
export class AccessProvider {
  readonly #listeners = new Set<AccessListener>();
  #value: ProvidedAccess | undefined;

  constructor(host: HTMLElement) {
    // The listener belongs to the host itself and goes with it.
    host.addEventListener("context-request", (event) => {
      this.#answer(event);
    });
  }

  provide(value: ProvidedAccess | undefined): void {
    this.#value = value;
    for (const listener of [...this.#listeners]) this.#tell(listener);
  }

  #answer(event: ContextRequest): void {
    if (event.context !== ACCESS_CONTEXT) return;
    event.stopPropagation();
    const listener = event.callback;
    if (event.subscribe === true) this.#listeners.add(listener);
    this.#tell(listener);
  }

  #tell(listener: AccessListener): void {
    listener(this.#value, () => this.#listeners.delete(listener));
  }
}
