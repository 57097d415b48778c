import type { Room, RoomState } from "@confab/sdk";
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import type { ProvidedAccess } from "../../identity/access-context.js";
import { AccessConsumer } from "../../controllers/access-consumer.js";
import { HostWidthController } from "../../controllers/host-width-controller.js";
import { ChatConnectionChangeEvent } from "../../events/chat-connection-change.js";
import type { ChatJumpEvent } from "../../events/chat-jump.js";
import { ChatSendEvent } from "../../events/chat-send.js";
import type { ChatAccess } from "../../identity/chat-access.js";
import { pageHasColorScheme } from "../../styles/page-color-scheme.js";
import { buttonStyles } from "../../styles/button.styles.js";
import { ChatRoomSettings } from "./chat-room-settings.js";
import { EXPORTED_PARTS } from "./exported-parts.js";
import { ForwardedSlots } from "./forwarded-slots.js";
import { roomStyles } from "./chat-room.styles.js";
import { DraftField } from "./draft-field.js";
import { GuestJoining } from "./guest-joining.js";
import { RoomFollower } from "./room-follower.js";
import { answerIntents } from "./room-intents.js";
import { roomFailure, roomHeader, roomHelp } from "./room-panels.js";
import { composerKeyAction, listKeyAction } from "./room-keys.js";
import { UnreadMark } from "./unread-mark.js";

/** Below this width a room is drawn as bubbles. */
const NARROW_PX = 480;
const NOTHING_ALLOWED: RoomState["capabilities"] = [];

/**
 * A complete room: head, messages, composer. The only element that calls the SDK: the parts
 * inside it ask by intents, which rise to the page first, and get what they show as properties.
 *
 * @slot header - instead of the whole head
 * @slot header-actions - buttons at the end of the head
 * @slot empty - instead of the words for a room without messages
 * @slot history-start - instead of the words above the first message
 * @slot error - instead of the words for a room that cannot be shown
 * @fires chat-send - a message shall be sent
 * @fires chat-retry - a message that was not sent shall be tried again
 * @fires chat-discard - a message that was not sent shall be given up
 * @fires chat-react - a reaction shall be given or taken back
 * @fires chat-edit-start - somebody wants to edit a message
 * @fires chat-edit - a message shall get another text
 * @fires chat-delete - a message shall be deleted for everybody
 * @fires chat-read - everything up to a message was read
 * @fires chat-typing - somebody writes a message
 * @fires chat-history-request - older messages shall be loaded
 * @fires chat-reconnect - the connection shall be tried now
 * @fires chat-guest-join - a visitor gave a name
 * @fires chat-auth-required - the identity was refused and somebody wants to sign in again
 * @fires chat-connection-change - the connection changed
 * @fires chat-draft - what stands in the field is another text now
 * @fires chat-error - something failed that a page may want to log
 * @csspart base
 * @csspart header
 * @cssstate live
 * @cssstate offline
 * @cssstate readonly
 */
export class ChatRoom extends ChatRoomSettings {
  static override styles: CSSResultGroup = [ChatRoomSettings.styles, buttonStyles, roomStyles];

  readonly #provided = new AccessConsumer(this);
  readonly #width = new HostWidthController(this, NARROW_PX);
  readonly #follower = new RoomFollower(this);
  readonly #draft = new DraftField();
  readonly #unread = new UnreadMark(this);
  readonly #joining = new GuestJoining(this);
  readonly #slots = new ForwardedSlots(this);
  #access: ChatAccess | undefined;
  #shownConnection: unknown;

  /** The room of the SDK that is shown, for what the element does not offer itself. */
  get followed(): Room | undefined {
    return this.#follower.room;
  }

  /** Who the reader is, as far as it is known. */
  get access(): ChatAccess | undefined {
    return this.#access;
  }

  /** Sends a text as if written here; a listener of `chat-send` may still prevent it. */
  send(text: string): void {
    new ChatSendEvent({ text }).requestFrom(this.#list ?? this);
  }

  /** Focuses the field. */
  override focus(options?: FocusOptions): void {
    (this.#part("chat-guest-form") ?? this.#composer)?.focus(options);
  }

  /** Focuses the newest message. */
  focusList(): void {
    this.#list?.focusLatest();
  }

  /** Goes to the newest message. */
  scrollToLatest(): void {
    this.#list?.scrollToLatest();
  }

  /** Puts a text into the field, unless something stands there. */
  offerDraft(text: string): void {
    if (this.#composer?.draft === "") this.#composer.draft = text;
  }

  /** Becomes a guest of this name; what goes wrong stands under the form. */
  async join(name: string): Promise<void> {
    if (!(await this.#joining.join(this.#access?.guest, name))) return;
    await this.updateComplete;
    this.focus();
  }

  protected override get surroundings(): ProvidedAccess | undefined {
    return this.client ? undefined : this.#provided.value;
  }

  constructor() {
    super();
    answerIntents(this, {
      wrote: () => {
        this.#unread.remove();
        this.scrollToLatest();
      },
      edit: (message) => this.#composer?.edit(message),
      explain: (error) => this.#composer?.explain(error),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.showStates({ "page-colors": pageHasColorScheme(this) });
  }

  protected override left(): void {
    this.#follower.leave();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("room")) this.#composer?.cancelEdit();
    if (!this.isHere) return;
    const provided = this.surroundings;
    if (provided) this.closeOwnAccess();
    this.#access = provided ?? this.ownAccess();
    this.#follower.follow(this.#access.chat, this.room);
    this.#unread.look(this.room, this.#follower.state);
  }

  protected override render(): TemplateResult {
    const title = this.heading ?? this.#follower.title;
    const { connection, me } = this.#follower;
    const { room: roomId, headingLevel } = this;
    return html`<section
      part="base"
      aria-label=${this.text("room.label", { room: title })}
      @chat-jump=${this.#onJump}
    >
      ${
        this.withoutHeader || roomId === ""
          ? nothing
          : roomHeader({ roomId, title, headingLevel, connection, me }, this.text)
      }
      ${this.#body(title)}
    </section>`;
  }

  protected override firstUpdated(): void {
    if (this.hasAttribute("autofocus")) this.focus();
  }

  protected override updated(): void {
    const { connection } = this.#follower;
    this.#draft.show(this.#composer, this.followed, this.#follower.draft);
    this.showStates({
      live: connection?.status === "live",
      offline: connection?.status === "waiting" || connection?.status === "closed",
      readonly: this.#isReadonly,
    });
    if (!connection || connection === this.#shownConnection) return;
    this.#shownConnection = connection;
    this.dispatchEvent(new ChatConnectionChangeEvent(connection));
  }

  #body(title: string): unknown {
    if (this.room === "") return roomHelp(this.text("room.unconfigured"));
    if (this.#follower.isImpossible) {
      return roomHelp(this.text("room.error.id", { room: this.room }));
    }
    const { guest, chat } = this.#access ?? {};
    if (guest && !chat) {
      return this.#joining.form(guest, this.headingLevel + 1, this.shownLocale, this.text);
    }
    const { state } = this.#follower;
    if (state?.status === "failed") {
      return roomFailure(state, this.text, () => {
        this.#follower.again();
      });
    }
    return html`${this.#stage(title)}<chat-typing
        exportparts="typing"
        .locale=${this.shownLocale}
        .names=${this.#follower.typing}
      ></chat-typing>
      ${this.withoutComposer ? nothing : this.#field(title)}`;
  }

  #stage(title: string): TemplateResult {
    const { state, timeline, connection } = this.#follower;
    const isDirect = state?.info?.kind === "direct";
    const isBubbles = this.layout === "auto" ? isDirect || this.#width.isNarrow : undefined;
    return html`<div class="stage">
      <chat-message-list
        exportparts=${EXPORTED_PARTS.list}
        .locale=${this.shownLocale}
        .timeZone=${this.shownTimeZone}
        .items=${timeline}
        .roomId=${this.room}
        .roomName=${title}
        .hasOlder=${state?.hasOlder ?? false}
        .older=${state?.older ?? "idle"}
        .unreadAfter=${this.#unread.after}
        .capabilities=${state?.capabilities ?? NOTHING_ALLOWED}
        .editWindowMs=${this.#follower.limits.editWindowMs}
        .loading=${state === undefined || state.status === "loading" || state.status === "closed"}
        .offline=${connection?.status !== "live"}
        .layout=${isBubbles === undefined ? this.layout : isBubbles ? "bubbles" : "flat"}
        .headingLevel=${this.headingLevel + 1}
        .withoutAvatars=${this.withoutAvatars || isDirect}
        .withoutNames=${isDirect}
        .withoutDaySeparators=${this.withoutDaySeparators}
        @keydown=${this.#onListKey}
      >
        ${this.#slots.forward("empty")}${this.#slots.forward("history-start")}
      </chat-message-list>
      <chat-connection-status
        exportparts="banner"
        .locale=${this.shownLocale}
        .state=${connection}
      ></chat-connection-status>
    </div>`;
  }

  #field(title: string): TemplateResult {
    return html`<chat-composer
      exportparts=${EXPORTED_PARTS.composer}
      .locale=${this.shownLocale}
      .roomName=${title}
      .placeholder=${this.placeholder}
      .maxLength=${this.#follower.limits.bodyMaxCodePoints}
      .sendOn=${this.sendOn}
      .disabled=${this.disabled}
      .readonly=${this.#isReadonly}
      @keydown=${this.#onComposerKey}
    ></chat-composer>`;
  }

  get #composer(): HTMLElementTagNameMap["chat-composer"] | null {
    return this.#part("chat-composer");
  }

  get #list(): HTMLElementTagNameMap["chat-message-list"] | null {
    return this.#part("chat-message-list");
  }

  #part<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] | null {
    return this.shadowRoot?.querySelector(tag) ?? null;
  }

  /** The server says what one may do once one has caught up; until then nothing is taken away. */
  get #isReadonly(): boolean {
    const { state } = this.#follower;
    return this.readonly || (state?.status === "live" && !state.capabilities.includes("msg.send"));
  }

  readonly #onJump = (event: ChatJumpEvent): void => {
    if (event.detail.input === "keyboard") this.#composer?.focus();
  };

  readonly #onListKey = (event: KeyboardEvent): void => {
    if (listKeyAction(event) === "to-composer") this.#composer?.focus();
  };

  readonly #onComposerKey = (event: KeyboardEvent): void => {
    const action = composerKeyAction(event, this.#composer?.value ?? "");
    if (action === undefined) return;
    event.preventDefault();
    if (action === "to-latest") this.focusList();
    else this.#list?.scrollByPage(action === "page-up" ? -1 : 1);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-room": ChatRoom;
  }
}
