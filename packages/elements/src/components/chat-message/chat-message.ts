import type { TimelineMessage } from "@confab/sdk";
import { nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { property } from "../../property.js";
import { ChatElement } from "../../chat-element.js";
import { buttonStyles } from "../../styles/button.styles.js";
import { intentsFrom } from "./intents-from.js";
import { rowStyles } from "./message-row.styles.js";
import { messageRow } from "./message-row.js";
import type { Layout } from "./row-context.js";

/**
 * One message by itself, for previews and results. Inside a room the list draws its rows without
 * this element.
 *
 * @fires chat-retry - a message that was not sent shall be tried again
 * @fires chat-discard - a message that was not sent shall be given up
 * @fires chat-react - a reaction shall be given or taken back
 * @csspart message - the row; further `message-own`, `message-first`, `message-last`, `message-
 *   pending`, `message-failed`
 * @csspart avatar
 * @csspart author
 * @csspart bubble
 * @csspart body
 * @csspart reactions
 * @csspart reaction
 * @csspart time
 * @csspart status
 */
export class ChatMessage extends ChatElement {
  static override styles: CSSResultGroup = [ChatElement.styles, buttonStyles, rowStyles];

  /** The message to show. */
  @property({ attribute: false }) message: TimelineMessage | undefined;

  /** `flat` or `bubbles`. */
  @property({ reflect: true }) layout: Layout = "flat";

  /** Level of the heading that holds the author. */
  @property({ type: Number, attribute: "heading-level" }) headingLevel = 3;

  /** Leaves the avatar out. */
  @property({ type: Boolean, attribute: "without-avatars" }) withoutAvatars = false;

  /** Whether its reactions can be pressed. */
  @property({ type: Boolean, attribute: "can-react" }) canReact = false;

  protected override render(): TemplateResult | typeof nothing {
    const { message } = this;
    if (!message) return nothing;
    return messageRow(
      message,
      {
        layout: this.layout,
        translate: this.text,
        formatter: this.formatter,
        headingLevel: this.headingLevel,
        hasAvatar: !this.withoutAvatars,
        hasName: true,
        pendingLabel: "sending",
        tabIndex: -1,
        linkTabIndex: 0,
        tools: "none",
        canReact: this.canReact,
        canEdit: false,
        canDelete: false,
      },
      { ...intentsFrom(this), ask: nobody, keep: nobody, delete: nobody },
    );
  }
}

/** A single message has no tools, so nothing is asked about it. */
function nobody(): void {
  // Nothing to ask.
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-message": ChatMessage;
  }
}
