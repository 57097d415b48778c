import { ChatIntentEvent } from "./chat-intent.js";

/** Somebody writes in the field. Comes with every change; how often it is told is up to the SDK. */
export class ChatTypingEvent extends ChatIntentEvent {
  constructor() {
    super("chat-typing");
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-typing": ChatTypingEvent;
  }
}
