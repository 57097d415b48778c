import { ChatIntentEvent } from "./chat-intent.js";

/** Somebody does not want to wait for the next attempt to connect. */
export class ChatReconnectEvent extends ChatIntentEvent {
  constructor() {
    super("chat-reconnect");
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-reconnect": ChatReconnectEvent;
  }
}
