import { ChatIntentEvent } from "./chat-intent.js";

/** The reader comes near the oldest message that is loaded. */
export class ChatHistoryRequestEvent extends ChatIntentEvent {
  readonly detail = { direction: "older" } as const;

  constructor() {
    super("chat-history-request");
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-history-request": ChatHistoryRequestEvent;
  }
}
