/**
 * Something failed that a page may want to log or show. A fact; the element has already shown
 * what a reader needs.
 */
export class ChatErrorEvent extends Event {
  readonly detail: { readonly error: unknown };

  constructor(error: unknown) {
    super("chat-error", { bubbles: true, composed: true });
    this.detail = { error };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-error": ChatErrorEvent;
  }
}
