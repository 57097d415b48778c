import type { TimelineMessage } from "@confab/sdk";
import { ChatIntentEvent } from "./chat-intent.js";

/** A message that was not sent shall be given up. */
export class ChatDiscardEvent extends ChatIntentEvent {
  readonly detail: { readonly message: TimelineMessage };

  constructor(message: TimelineMessage) {
    super("chat-discard");
    this.detail = { message };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-discard": ChatDiscardEvent;
  }
}
