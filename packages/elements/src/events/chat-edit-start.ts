import type { TimelineMessage } from "@confab/sdk";
import { ChatIntentEvent } from "./chat-intent.js";

/** Somebody wants to edit a message; unless prevented, its text comes into the field. */
export class ChatEditStartEvent extends ChatIntentEvent {
  readonly detail: { readonly message: TimelineMessage };

  constructor(message: TimelineMessage) {
    super("chat-edit-start");
    this.detail = { message };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-edit-start": ChatEditStartEvent;
  }
}
