/** How the reader asked to be taken to the newest message. */
export type JumpInput = "keyboard" | "pointer";

/** The list went to the newest message because the reader asked. A fact, not an intent. */
export class ChatJumpEvent extends Event {
  readonly detail: { readonly input: JumpInput };

  constructor(input: JumpInput) {
    super("chat-jump", { bubbles: true, composed: true });
    this.detail = { input };
  }
}

declare global {
  interface HTMLElementEventMap {
    "chat-jump": ChatJumpEvent;
  }
}
