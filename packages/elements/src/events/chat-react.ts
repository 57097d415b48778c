import type { TimelineMessage } from "@confab/sdk";
import { ChatIntentEvent } from "./chat-intent.js";

/** A reaction shall be given (`on`) or taken back. */
export class ChatReactEvent extends ChatIntentEvent {
  readonly detail: {
    readonly message: TimelineMessage;
    readonly emoji: string;
    readonly on: boolean;
  };

  constructor(detail: ChatReactEvent["detail"]) {
    super("chat-react");
    this.detail = detail;
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-react": ChatReactEvent;
  }
}
