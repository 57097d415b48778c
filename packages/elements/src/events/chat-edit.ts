import type { TimelineMessage } from "@confab/sdk";
import { ChatIntentEvent } from "./chat-intent.js";
import type { Draft } from "./chat-send.js";

/** A message shall get another text. Prevented, the field goes on editing it. */
export class ChatEditEvent extends ChatIntentEvent {
  readonly detail: { readonly message: TimelineMessage; readonly draft: Draft };

  constructor(message: TimelineMessage, draft: Draft) {
    super("chat-edit");
    this.detail = { message, draft };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-edit": ChatEditEvent;
  }
}
