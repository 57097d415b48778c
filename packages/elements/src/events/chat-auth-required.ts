import { ChatIntentEvent } from "./chat-intent.js";

/**
 * The identity is no longer accepted and somebody asked to sign in again. A page with its own
 * sign-in prevents it and sets a fresh token; otherwise a guest is asked for a name again and a
 * host's token is fetched again.
 */
export class ChatAuthRequiredEvent extends ChatIntentEvent {
  constructor() {
    super("chat-auth-required");
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-auth-required": ChatAuthRequiredEvent;
  }
}
