import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { property } from "../../property.js";
import { ChatElement } from "../../chat-element.js";
import { typingStyles } from "./chat-typing.styles.js";

/**
 * Who is typing, in a line that always has its place, so that nothing moves when somebody begins.
 * Not spoken: it would interrupt whoever listens to what was already written.
 *
 * @csspart typing
 */
export class ChatTyping extends ChatElement {
  static override styles: CSSResultGroup = [ChatElement.styles, typingStyles];

  /** Names of those who type, in the order they began. */
  @property({ attribute: false }) names: readonly string[] = [];

  protected override render(): TemplateResult {
    return html`<div class="line" part="typing">
      ${
        this.names.length === 0
          ? nothing
          : html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span
              ><span class="text">${this.#sentence()}</span>`
      }
    </div>`;
  }

  #sentence(): string {
    const [name = "", other] = this.names;
    if (this.names.length > 2) return this.text("typing.many");
    return other === undefined
      ? this.text("typing.one", { name })
      : this.text("typing.two", { name, other });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-typing": ChatTyping;
  }
}
