/**
 * An element asks for something. The event rises through every shadow root to the page; whoever
 * calls `preventDefault()` takes over. Otherwise, after all listeners have run, the element that
 * owns the action performs it, as a browser follows a link only after the page had its say.
 */
export abstract class ChatIntentEvent extends Event {
  #action: (() => void) | undefined;

  constructor(name: string) {
    super(name, { bubbles: true, composed: true, cancelable: true });
  }

  /** Names what happens unless the intent is prevented. The nearest owner speaks first and wins. */
  respondWith(action: () => void): void {
    this.#action ??= action;
  }

  /**
   * Dispatches the intent from `source` and performs its action. False when it was prevented.
   * What the action throws comes out here, so that the asking element can say why.
   */
  requestFrom(source: EventTarget): boolean {
    if (!source.dispatchEvent(this)) return false;
    this.#action?.();
    return true;
  }
}
