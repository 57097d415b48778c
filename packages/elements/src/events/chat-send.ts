import { ChatIntentEvent } from "./chat-intent.js";

/** What is about to be sent. A listener may change it. */
export interface Draft {
  text: string;
}

/** Somebody pressed Enter or the send button. Prevented, the text stays in the field. */
export class ChatSendEvent extends ChatIntentEvent {
  readonly detail: { readonly draft: Draft };

  constructor(draft: Draft) {
    super("chat-send");
    this.detail = { draft };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-send": ChatSendEvent;
  }
}
