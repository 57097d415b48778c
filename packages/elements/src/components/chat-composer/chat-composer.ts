import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { property } from "../../property.js";
import { ChatElement } from "../../chat-element.js";
import { Announcer } from "../../controllers/announcer.js";
import { ChatDraftEvent } from "../../events/chat-draft.js";
import { ChatSendEvent } from "../../events/chat-send.js";
import { codePointCount } from "../../format/code-points.js";
import { failureReason } from "../../format/failure-reason.js";
import { sendableText } from "../../format/sendable-text.js";
import { icons } from "../../styles/icons.js";
import { composerStyles } from "./chat-composer.styles.js";
import { sendsOn, type SendOn } from "./send-keys.js";

/** From this share of the limit on, the characters left are shown. */
const COUNTER_FROM = 0.8;

/**
 * The field messages are written in.
 *
 * @fires chat-send - a message shall be sent; prevented, its text stays in the field
 * @csspart composer - the frame around field and button
 * @csspart composer-field - the text field
 * @csspart send-button
 * @csspart counter
 * @csspart readonly - the line that stands in for the field
 */
export class ChatComposer extends ChatElement {
  static override shadowRootOptions = { ...ChatElement.shadowRootOptions, delegatesFocus: true };

  static override styles: CSSResultGroup = [ChatElement.styles, composerStyles];

  /** The text in the field. */
  @property() value = "";
  @property({ attribute: "room-name" }) roomName = "";
  /** Shown in the empty field; default "Message {room}". */
  @property() placeholder: string | undefined;
  /** Code points a message may have. */
  @property({ type: Number, attribute: "max-length" }) maxLength = 4000;
  /** What sends: Enter, Ctrl or ⌘ with Enter, or `auto`: Enter where there is a fine pointer. */
  @property({ attribute: "send-on" }) sendOn: SendOn = "auto";
  /** The page does not want anything written now; what is written stays. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** Nothing may be written here; a line says so. */
  @property({ type: Boolean, reflect: true }) readonly = false;

  @property({ state: true }) private reason = "";
  @property({ state: true }) private hasFocus = false;
  private get field(): HTMLTextAreaElement | null {
    return this.shadowRoot?.querySelector<HTMLTextAreaElement>("textarea") ?? null;
  }

  #isComposing = false;
  #announcedLevel: "none" | "near" | "over" = "none";

  /** Focuses the field. */
  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  /** Asks to send what is in the field; empty and over-long texts are not sent. */
  submit(): void {
    const text = sendableText(this.value);
    if (text === "" || this.#excess > 0 || this.disabled || this.readonly) {
      if (this.#excess > 0) this.#announceExcess();
      return;
    }
    const draft = this.value;
    this.#write("");
    try {
      if (!new ChatSendEvent({ text }).requestFrom(this)) this.#write(draft);
    } catch (error) {
      this.#write(draft);
      this.#explain(error);
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("value")) this.#announceLimit();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#fill();
    // What it begins with was written by nobody.
    if (changed.get("value") !== undefined) this.dispatchEvent(new ChatDraftEvent(this.value));
  }

  protected override render(): TemplateResult {
    // A field that has the focus is never taken away; it stops taking text first.
    if (this.readonly && !this.hasFocus) {
      return html`<p class="readonly" part="readonly">${this.text("room.readonly")}</p>`;
    }
    const label = this.text("cmp.input", { room: this.roomName });
    const canSend = sendableText(this.value) !== "" && this.#excess <= 0 && !this.disabled;
    return html`<form aria-label=${this.text("cmp.label")} @submit=${this.#onSubmit}>
      <div class="box" part="composer" @pointerdown=${this.#onBoxPointer}>
        <div class="grow" data-value=${this.value}>
          <textarea
            part="composer-field"
            rows="1"
            autocapitalize="sentences"
            enterkeyhint=${sendsOn("Enter", this.sendOn) ? "send" : "enter"}
            aria-label=${label}
            aria-describedby="notes"
            aria-disabled=${this.disabled ? "true" : "false"}
            ?readonly=${this.disabled || this.readonly}
            placeholder=${this.placeholder ?? label}
            @input=${this.#onInput}
            @keydown=${this.#onKeyDown}
            @compositionstart=${this.#onComposition}
            @compositionend=${this.#onComposition}
            @focus=${this.#onFocusChange}
            @blur=${this.#onFocusChange}
          ></textarea>
        </div>
        <button
          class="send"
          part="send-button"
          aria-label=${this.text("cmp.send")}
          title=${this.text("cmp.send")}
          aria-disabled=${canSend ? "false" : "true"}
          @pointerdown=${keepFocus}
        >
          ${icons.send}
        </button>
      </div>
      <div id="notes" class="notes">${this.#notes()}</div>
    </form>`;
  }

  #notes(): unknown {
    const left = this.maxLength - codePointCount(this.value);
    if (this.reason !== "") return html`<span class="reason">${icons.alert}${this.reason}</span>`;
    if (this.disabled) return this.text("cmp.disabled");
    if (left < 0) {
      const over = this.text("cmp.over", { count: -left });
      return html`<span class="reason" part="counter">${icons.alert}${over}</span>`;
    }
    if (this.maxLength - left < this.maxLength * COUNTER_FROM) return nothing;
    return html`<span part="counter">${this.text("cmp.remaining", { count: left })}</span>`;
  }

  get #excess(): number {
    return codePointCount(this.value) - this.maxLength;
  }

  readonly #onInput = (): void => {
    this.value = this.field?.value ?? "";
    this.reason = "";
  };

  readonly #onComposition = (event: CompositionEvent): void => {
    this.#isComposing = event.type === "compositionstart";
  };

  readonly #onFocusChange = (event: FocusEvent): void => {
    this.hasFocus = event.type === "focus";
    this.#isComposing = false;
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.submit();
  };

  /**
   * Safari ends a composition before the Enter that confirmed it and leaves only its old key
   * code, 229, as a sign that this Enter belongs to the input method and not to us.
   */
  readonly #onKeyDown = (event: KeyboardEvent): void => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it in Safari
    const isForInputMethod = event.isComposing || event.keyCode === 229 || this.#isComposing;
    if (isForInputMethod || event.key !== "Enter" || !sendsOn(event, this.sendOn)) return;
    event.preventDefault();
    if (!event.repeat) this.submit();
  };

  /** A press beside the text means the text, as in every field. */
  readonly #onBoxPointer = (event: PointerEvent): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.focus();
  };

  /** The field itself too, at once: what was sent must not stand there for another frame. */
  #write(text: string): void {
    this.value = text;
    this.reason = "";
    this.#fill();
  }

  /**
   * Only when it differs: writing a field moves its caret and ends a composition, of which no
   * event tells then.
   */
  #fill(): void {
    if (!this.field || this.field.value === this.value) return;
    this.field.value = this.value;
    this.#isComposing = false;
  }

  #explain(error: unknown): void {
    const code = error instanceof Error && "code" in error ? String(error.code) : "other";
    const reason = failureReason(code, this.text);
    this.reason = this.text("msg.failed.rejected", { reason });
    this.#announcer.say(this.reason, "assertive");
  }

  /** Said when the limit comes near and when it is passed, not on every key. */
  #announceLimit(): void {
    const excess = this.#excess;
    const level =
      excess > 0
        ? "over"
        : excess + this.maxLength >= this.maxLength * COUNTER_FROM
          ? "near"
          : "none";
    if (level === this.#announcedLevel) return;
    this.#announcedLevel = level;
    if (level === "near") this.#announcer.say(this.text("cmp.remaining", { count: -excess }));
    if (level === "over") this.#announceExcess();
  }

  #announceExcess(): void {
    this.#announcer.say(this.text("cmp.over", { count: this.#excess }), "assertive");
  }

  get #announcer(): Announcer {
    return Announcer.of(this.ownerDocument);
  }
}

/** A press on the button leaves the focus, and with it a phone's keyboard, in the field. */
function keepFocus(event: PointerEvent): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-composer": ChatComposer;
  }
}
