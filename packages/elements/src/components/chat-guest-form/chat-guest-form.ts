import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { property } from "../../property.js";
import { ChatElement } from "../../chat-element.js";
import { ChatGuestJoinEvent } from "../../events/chat-guest-join.js";
import { buttonStyles } from "../../styles/button.styles.js";
import { icons } from "../../styles/icons.js";
import { guestFormStyles } from "./chat-guest-form.styles.js";

/** What a name may have at most, as the server counts. */
const MAX_NAME_LENGTH = 64;

/**
 * Asks a visitor for a name, once, before the conversation.
 *
 * @fires chat-guest-join - a name was given
 * @csspart guest-form
 */
export class ChatGuestForm extends ChatElement {
  static override shadowRootOptions = { ...ChatElement.shadowRootOptions, delegatesFocus: true };

  static override styles: CSSResultGroup = [ChatElement.styles, buttonStyles, guestFormStyles];

  /** The name to begin with. */
  @property() name = "";
  /** Level of the heading. */
  @property({ type: Number, attribute: "heading-level" }) headingLevel = 3;
  /** The answer is awaited. */
  @property({ type: Boolean }) busy = false;
  /** Why the name was not taken, as a sentence. */
  @property() error = "";

  @property({ state: true }) private problem = "";
  private get field(): HTMLInputElement | null {
    return this.shadowRoot?.querySelector<HTMLInputElement>("input") ?? null;
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  protected override render(): TemplateResult {
    const problem = this.problem || this.error;
    return html`<form part="guest-form" novalidate @submit=${this.#onSubmit}>
      <div class="title" role="heading" aria-level=${this.headingLevel}>
        ${this.text("guest.title")}
      </div>
      <p>${this.text("guest.body")}</p>
      <label for="name">${this.text("guest.name")}</label>
      <div class="line">
        <input
          id="name"
          type="text"
          name="name"
          autocomplete="nickname"
          maxlength=${MAX_NAME_LENGTH}
          required
          enterkeyhint="go"
          aria-invalid=${problem ? "true" : "false"}
          aria-describedby="problem"
          .value=${this.name}
          @input=${this.#onInput}
        />
        <button class="button" aria-disabled=${this.busy ? "true" : "false"}>
          ${this.text(this.busy ? "guest.joining" : "guest.join")}
        </button>
      </div>
      <div id="problem" class="problem" role="alert">
        ${problem ? html`${icons.alert}${problem}` : nothing}
      </div>
    </form>`;
  }

  readonly #onInput = (): void => {
    this.name = this.field?.value ?? "";
    this.problem = "";
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.busy) return;
    const name = this.name.normalize("NFC").trim();
    this.problem = name === "" ? this.text("guest.empty") : "";
    if (name === "") this.focus();
    else new ChatGuestJoinEvent(name).requestFrom(this);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-guest-form": ChatGuestForm;
  }
}
