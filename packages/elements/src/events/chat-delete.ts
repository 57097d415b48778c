import type { TimelineMessage } from "@confab/sdk";
import { ChatIntentEvent } from "./chat-intent.js";

/** A message shall be deleted for everybody; its author was asked whether that is meant. */
export class ChatDeleteEvent extends ChatIntentEvent {
  readonly detail: { readonly message: TimelineMessage };

  constructor(message: TimelineMessage) {
    super("chat-delete");
    this.detail = { message };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-delete": ChatDeleteEvent;
  }
}
