import type { TimelineMessage } from "@confab/sdk";
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { property } from "../../property.js";
import { ChatElement } from "../../chat-element.js";
import { Announcer } from "../../controllers/announcer.js";
import { ChatDraftEvent } from "../../events/chat-draft.js";
import { ChatEditEvent } from "../../events/chat-edit.js";
import { ChatSendEvent } from "../../events/chat-send.js";
import { ChatTypingEvent } from "../../events/chat-typing.js";
import { codePointCount } from "../../format/code-points.js";
import { failureReason } from "../../format/failure-reason.js";
import { sendableText } from "../../format/sendable-text.js";
import { icons } from "../../styles/icons.js";
import { composerStyles } from "./chat-composer.styles.js";
import { composerNotes } from "./composer-notes.js";
import { editBar } from "./edit-bar.js";
import { limitLevel } from "./limit-level.js";
import { sendsOn, type SendOn } from "./send-keys.js";

/**
 * The field messages are written in.
 *
 * @fires chat-send - a message shall be sent; prevented, its text stays in the field
 * @fires chat-edit - a message shall get another text; prevented, the field goes on editing it
 * @fires chat-typing - somebody writes a new message
 * @csspart edit-bar - the line above the text of a message that is edited
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

  /** The message whose text is in the field, to be changed. */
  @property({ attribute: false }) editing: TimelineMessage | undefined;

  @property({ state: true }) private reason = "";
  @property({ state: true }) private hasFocus = false;
  private get field(): HTMLTextAreaElement | null {
    return this.shadowRoot?.querySelector<HTMLTextAreaElement>("textarea") ?? null;
  }

  /** What stood in the field before a message was put there to be edited. */
  #draft = "";
  #isComposing = false;
  #announcedLevel: "none" | "near" | "over" = "none";

  /** Focuses the field. */
  override focus(options?: FocusOptions): void {
    this.field?.focus(options);
  }

  /** What was written for a new message, also while another one is edited in its place. */
  get draft(): string {
    return this.editing ? this.#draft : this.value;
  }

  set draft(text: string) {
    if (this.editing) this.#draft = text;
    else this.value = text;
  }

  /** Puts the text of a message into the field to be changed. */
  edit(message: TimelineMessage): void {
    if (!this.editing) this.#draft = this.value;
    this.editing = message;
    this.#write(message.body);
    this.focus();
    this.#announcer.say(this.text("cmp.editing"));
  }

  /** Leaves the message as it is and gives back what stood in the field before. */
  cancelEdit(): void {
    if (!this.editing) return;
    this.editing = undefined;
    this.#write(this.#draft);
  }

  /** Tells under the field why something asked for in the room did not happen. */
  explain(error: unknown, key: "msg.failed.rejected" | "cmp.problem" = "cmp.problem"): void {
    const code = error instanceof Error && "code" in error ? String(error.code) : "other";
    this.reason = this.text(key, { reason: failureReason(code, this.text) });
    this.#announcer.say(this.reason, "assertive");
  }

  /**
   * Asks to send what is in the field, or to save it when it is of a message; empty and over-long
   * texts are not sent.
   */
  submit(): void {
    const text = sendableText(this.value);
    if (text === "" || this.#excess > 0 || this.disabled || this.readonly) {
      if (this.#excess > 0) this.#announceExcess();
      return;
    }
    const { value, editing } = this;
    const intent = editing ? new ChatEditEvent(editing, { text }) : new ChatSendEvent({ text });
    if (editing) this.cancelEdit();
    else this.#write("");
    if (text === editing?.body) return;
    try {
      if (!intent.requestFrom(this)) this.#restore(value, editing);
    } catch (error) {
      this.#restore(value, editing);
      this.explain(error, "msg.failed.rejected");
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("value")) this.#announceLimit();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#fill();
    // What it begins with was written by nobody.
    if (changed.get("value") !== undefined && !this.editing)
      this.dispatchEvent(new ChatDraftEvent(this.value));
  }

  protected override render(): TemplateResult {
    // A field that has the focus is never taken away; it stops taking text first.
    if (this.readonly && !this.hasFocus) {
      return html`<p class="readonly" part="readonly">${this.text("room.readonly")}</p>`;
    }
    const label = this.text("cmp.input", { room: this.roomName });
    const send = this.text(this.editing ? "cmp.save" : "cmp.send");
    const canSend = sendableText(this.value) !== "" && this.#excess <= 0 && !this.disabled;
    return html`<form aria-label=${this.text("cmp.label")} @submit=${this.#onSubmit}>
      ${
        this.editing
          ? editBar(this.text, () => {
              this.cancelEdit();
              this.focus();
            })
          : nothing
      }
      <div class="box" part="composer" @pointerdown=${this.#onBoxPointer}>
        <div class="grow" data-value=${this.value}>
          <textarea
            part="composer-field"
            rows="1"
            autocapitalize="sentences"
            enterkeyhint=${sendsOn("Enter", this.sendOn) ? "send" : "enter"}
            aria-label=${label}
            aria-describedby="editing notes"
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
          aria-label=${send}
          title=${send}
          aria-disabled=${canSend ? "false" : "true"}
          @pointerdown=${keepFocus}
        >
          ${this.editing ? icons.check : icons.send}
        </button>
      </div>
      <div id="notes" class="notes">${this.#notes()}</div>
    </form>`;
  }

  #notes(): unknown {
    const { reason, disabled } = this;
    const isNear = this.#level !== "none";
    return composerNotes({ reason, disabled, left: -this.#excess, isNear }, this.text);
  }

  get #level(): "none" | "near" | "over" {
    return limitLevel(codePointCount(this.value), this.maxLength);
  }

  get #excess(): number {
    return codePointCount(this.value) - this.maxLength;
  }

  readonly #onInput = (): void => {
    this.value = this.field?.value ?? "";
    this.reason = "";
    if (!this.editing && this.value !== "") new ChatTypingEvent().requestFrom(this);
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
    if (isForInputMethod) return;
    if (event.key === "Escape" && this.editing) {
      event.preventDefault();
      event.stopPropagation();
      this.cancelEdit();
    }
    if (event.key !== "Enter" || !sendsOn(event, this.sendOn)) return;
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

  /** Nothing that was written is lost when it could not be handed over. */
  #restore(text: string, editing: TimelineMessage | undefined): void {
    if (editing) this.edit(editing);
    this.#write(text);
  }

  /** Said when the limit comes near and when it is passed, not on every key. */
  #announceLimit(): void {
    const level = this.#level;
    if (level === this.#announcedLevel) return;
    this.#announcedLevel = level;
    if (level === "near") this.#announcer.say(this.text("cmp.remaining", { count: -this.#excess }));
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
