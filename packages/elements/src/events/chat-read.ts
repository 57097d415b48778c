import { ChatIntentEvent } from "./chat-intent.js";

/** Everything up to the message with this seq was in view of a reader who looks at the page. */
export class ChatReadEvent extends ChatIntentEvent {
  readonly detail: { readonly seq: number };

  constructor(seq: number) {
    super("chat-read");
    this.detail = { seq };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-read": ChatReadEvent;
  }
}
