import type { ReactiveController, ReactiveControllerHost } from "lit";
import { AccessRequestEvent, type ProvidedAccess } from "../identity/access-context.js";

/** Finds the access of the nearest provider above its host, and keeps it up to date. */
export class AccessConsumer implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #value: ProvidedAccess | undefined;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get value(): ProvidedAccess | undefined {
    return this.#value;
  }

  /** Asked anew in every place: after a move there may be another provider above, or none. */
  hostConnected(): void {
    this.#value = undefined;
    const request = new AccessRequestEvent(this.#host, (value, stop) => {
      this.#value = value;
      this.#stop = stop;
      this.#host.requestUpdate();
    });
    this.#host.dispatchEvent(request);
  }

  /** Keeps what it has, for the time a move takes. */
  hostDisconnected(): void {
    this.#stop?.();
  }
}
