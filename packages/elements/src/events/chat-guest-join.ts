import { ChatIntentEvent } from "./chat-intent.js";

/** A visitor gave a name to be known by. */
export class ChatGuestJoinEvent extends ChatIntentEvent {
  readonly detail: { readonly name: string };

  constructor(name: string) {
    super("chat-guest-join");
    this.detail = { name };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-guest-join": ChatGuestJoinEvent;
  }
}
