import type { TimelineMessage } from "@confab/sdk";
import { ChatIntentEvent } from "./chat-intent.js";

/** A message that was not sent shall be tried again. */
export class ChatRetryEvent extends ChatIntentEvent {
  readonly detail: { readonly message: TimelineMessage };

  constructor(message: TimelineMessage) {
    super("chat-retry");
    this.detail = { message };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-retry": ChatRetryEvent;
  }
}
