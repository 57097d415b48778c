import type { ConnectionState } from "@confab/sdk";

/** The connection of a room changed. A fact, not an intent. */
export class ChatConnectionChangeEvent extends Event {
  readonly detail: ConnectionState;

  constructor(state: ConnectionState) {
    super("chat-connection-change", { bubbles: true, composed: true });
    this.detail = state;
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-connection-change": ChatConnectionChangeEvent;
  }
}
