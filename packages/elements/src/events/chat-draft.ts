/** What stands in the field is another text now. A fact, not an intent. */
export class ChatDraftEvent extends Event {
  readonly detail: { readonly text: string };

  constructor(text: string) {
    super("chat-draft", { bubbles: true, composed: true });
    this.detail = { text };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-draft": ChatDraftEvent;
  }
}
