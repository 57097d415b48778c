import type { TimelineItem } from "@confab/sdk";
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { MessageVoice } from "../../controllers/message-voice.js";
import { ReadTracker } from "../../controllers/read-tracker.js";
import { RovingRows } from "../../controllers/roving-rows.js";
import { RowToolsController } from "../../controllers/row-tools.js";
import { ScrollAnchor } from "../../controllers/scroll-anchor.js";
import { TickController } from "../../controllers/tick-controller.js";
import { ChatHistoryRequestEvent } from "../../events/chat-history-request.js";
import { ChatJumpEvent } from "../../events/chat-jump.js";
import { dayCheckDelayMs } from "../../platform/calendar.js";
import { clock } from "../../platform/clock.js";
import { buttonStyles } from "../../styles/button.styles.js";
import { rowStyles } from "../chat-message/message-row.styles.js";
import { listStyles } from "./chat-message-list.styles.js";
import { jumpButton, type JumpState } from "./jump-button.js";
import { emptyRoom, historyEdge, skeleton } from "./list-panels.js";
import { listActions } from "./list-actions.js";
import { listRows } from "./list-rows.js";
import { MessageListSettings } from "./message-list-settings.js";
import { MessageWindow, type ReadingView } from "./message-window.js";
import { OlderPages } from "./older-pages.js";
import { RowList, type ListRow } from "./row-list.js";
import { newestPendingKey } from "./unseen-messages.js";

const SKELETON_AFTER_MS = 250;
/**
 * Rows this close to the view stay: pages are added within two views, so dropping these would
 * bring them back.
 */
const KEPT_VIEWPORTS = 3;

/**
 * The messages of a room: a bounded part of the timeline in one scroller that stays where the
 * reader is. It takes plain properties and asks by intents; it never calls the SDK.
 *
 * @fires chat-history-request - the reader comes near the oldest loaded message
 * @fires chat-retry - a message that was not sent shall be tried again
 * @fires chat-discard - a message that was not sent shall be given up
 * @fires chat-react - a reaction shall be given or taken back
 * @fires chat-edit-start - somebody wants to edit a message
 * @fires chat-delete - a message shall be deleted for everybody
 * @fires chat-read - everything up to a message was in view of somebody who looks at the page
 * @fires chat-jump - the reader asked for the newest message and was taken there
 * @slot empty - instead of the words for a room without messages
 * @slot history-start - instead of the words above the first message of the room
 * @csspart scroller
 * @csspart list
 * @csspart day
 * @csspart unread-divider
 * @csspart jump-button
 * @cssstate at-latest - the newest message is in view
 * @cssstate empty - there is no message
 */
export class ChatMessageList extends MessageListSettings {
  static override styles: CSSResultGroup = [
    MessageListSettings.styles,
    buttonStyles,
    rowStyles,
    listStyles,
  ];

  get scroller(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>(".scroller") ?? null;
  }

  get content(): HTMLElement | null {
    return this.shadowRoot?.querySelector<HTMLElement>(".content") ?? null;
  }

  readonly #window = new MessageWindow();
  readonly #older = new OlderPages();
  readonly #rowList = new RowList();
  readonly #reading = new ReadTracker(this);
  readonly #tools = new RowToolsController(this);
  readonly #actions = listActions(this, this.#tools);
  readonly #roving = new RovingRows(this);
  readonly #anchor = new ScrollAnchor(this);
  readonly #voice = new MessageVoice(this, () => ({ text: this.text, formatter: this.formatter }));
  readonly #skeletonTick = new TickController(this);
  readonly #pendingTick = new TickController(this);
  readonly #dayTick = new TickController(this);
  #loadingSince: number | undefined;
  #ownPendingKey: string | undefined;
  #goesLive: "instant" | "smooth" | undefined;
  #jump: JumpState = "hidden";

  /** Whether the newest message is in view. */
  get atLatest(): boolean {
    return this.#anchor.isLive && this.#window.followsLatest;
  }

  /** Pixels below the view; 0 at the newest rendered message. */
  get distanceToLatest(): number {
    return this.#anchor.distance;
  }

  /** Goes to the newest message: gliding when it is close, at once otherwise. */
  scrollToLatest(): void {
    const isFar = !this.#window.followsLatest || this.#anchor.distance > 3 * this.#anchor.viewport;
    if (isFar) this.#window.showLatest(this.items);
    this.#goesLive = isFar ? "instant" : "smooth";
    this.requestUpdate();
  }

  /** Scrolls by most of a page: 1 towards newer messages, -1 towards older ones. */
  scrollByPage(direction: 1 | -1): void {
    this.#anchor.endJump();
    this.scroller?.scrollBy({ top: direction * this.#anchor.viewport * 0.85 });
  }

  /** Focuses the newest message. */
  focusLatest(): void {
    this.#roving.focusLatest();
  }

  /** For the scroll anchor and the reading: the reader moved, or came back to the page. */
  scrolled(): void {
    this.#look();
  }

  /** For the scroll anchor: nobody scrolls any more. */
  scrollSettled(): void {
    if (this.#anchor.isIdle && this.#window.trim(this.items, this.#view())) this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("roomId")) this.#enterRoom();
    if (changed.has("items")) this.#takeItems(changed.get("items") ?? []);
    this.#loadingSince = this.loading ? (this.#loadingSince ?? clock.now()) : undefined;
  }

  protected override render(): TemplateResult {
    const { start } = this.#window.span(this.items);
    const isEmpty = this.items.length === 0 && !this.hasOlder;
    const edge = isEmpty || this.loading ? "none" : this.#older.edge(this, start);
    return html`<div class="frame in-${this.layout}" part="frame">
      ${isEmpty ? this.#emptiness() : nothing}
      <div
        class="scroller"
        part="scroller"
        @scroll=${this.#anchor.onScroll}
        @touchstart=${this.#anchor.onTouch}
        @touchend=${this.#anchor.onTouch}
        @touchcancel=${this.#anchor.onTouch}
        @wheel=${this.#anchor.onDrag}
        @touchmove=${this.#anchor.onDrag}
      >
        <div
          class="content"
          part="list"
          role="log"
          aria-live="off"
          aria-label=${this.text("list.label", { room: this.roomName })}
          aria-busy=${this.loading ? "true" : "false"}
          @focusin=${this.#onFocusIn}
          @focusout=${this.#tools.onFocusOut}
          @pointermove=${this.#tools.onPointer}
          @pointerdown=${this.#tools.onPointer}
          @pointerleave=${this.#tools.onPointer}
          @keydown=${this.#onKeyDown}
        >
          ${historyEdge(edge, this.roomName, this.text, this.#askOlder)}
          <div class="rows"></div>
        </div>
      </div>
      ${jumpButton(this.#jump, this.text, this.formatter, this.#onJump)}
    </div>`;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const parent = this.shadowRoot?.querySelector<HTMLElement>(".rows");
    if (parent) this.#rowList.draw(parent, this.#rows());
  }

  protected override updated(): void {
    if (this.#goesLive) this.#anchor.toLatest(this.#goesLive);
    this.#goesLive = undefined;
    this.#look();
    this.#dayTick.in(dayCheckDelayMs(clock.now()));
  }

  #rows(): ListRow[] {
    const { start, end } = this.#window.span(this.items);
    return listRows(this, {
      shown: this.items.slice(start, end),
      translate: this.text,
      formatter: this.formatter,
      now: clock.now(),
      pendingTick: this.#pendingTick,
      roving: this.#roving,
      tools: this.#tools,
      actions: this.#actions,
    });
  }

  #emptiness(): unknown {
    if (!this.loading) return emptyRoom(this.text);
    const waitedMs = clock.now() - (this.#loadingSince ?? clock.now());
    if (waitedMs >= SKELETON_AFTER_MS) return skeleton(this.text);
    this.#skeletonTick.in(SKELETON_AFTER_MS - waitedMs);
    return nothing;
  }

  #enterRoom(): void {
    this.#window.enter(this.items);
    this.#roving.reset();
    this.#voice.reset();
    this.#older.reset();
    this.#reading.reset();
    this.#goesLive = "instant";
  }

  #takeItems(before: readonly TimelineItem[]): void {
    const view = this.hasUpdated && before.length > 0 ? this.#view() : undefined;
    this.#window.take(before, this.items, view);
    const hasNews = this.items.at(-1)?.key !== before.at(-1)?.key;
    if (hasNews && this.#anchor.isNear) this.#goesLive ??= "smooth";
    const pendingKey = newestPendingKey(this.items);
    // What one writes oneself is always seen at once, wherever one was reading.
    if (pendingKey !== undefined && pendingKey !== this.#ownPendingKey) this.scrollToLatest();
    this.#ownPendingKey = pendingKey ?? this.#ownPendingKey;
    if (!this.loading) this.#voice.hear(this.items);
  }

  /** Looks where the reader is: counts what was seen, fetches what comes near, leads back. */
  #look(): void {
    if (!this.scroller) return;
    const view = this.#view();
    if (this.ownerDocument.visibilityState === "visible" && view.viewport > 0) {
      const lastKey = this.#anchor.lastVisible?.dataset["key"];
      if (this.atLatest) this.#window.see(this.items);
      else if (lastKey !== undefined) this.#window.see(this.items, lastKey);
      if (!this.loading) this.#reading.saw(this.#window.seenSeq);
    }
    const growth = this.#window.grow(this.items, view);
    if (growth === "grown") this.requestUpdate();
    const mayAsk = growth === "needs-older" && !this.loading && this.#older.isNews(this);
    if (mayAsk) this.#askOlder();
    this.#showJump(view);
    this.showStates({ "at-latest": this.atLatest, empty: this.items.length === 0 });
  }

  #showJump(view: ReadingView): void {
    const unseen = this.#window.unseen(this.items);
    const isAway = !this.#window.followsLatest || view.distance > 1.5 * view.viewport;
    const next =
      this.atLatest || view.viewport === 0 ? "hidden" : unseen || (isAway ? 0 : "hidden");
    if (next === this.#jump || (this.#anchor.isJumping && !this.atLatest)) return;
    this.#jump = next;
    this.requestUpdate();
  }

  #view(): ReadingView {
    const { distance, distanceToTop, viewport, followsEnd: isLive, isIdle } = this.#anchor;
    const near = this.#anchor.rowsWithin(KEPT_VIEWPORTS).flatMap((row) => row.dataset["key"] ?? []);
    const focused = this.#roving.focusedKey === undefined ? [] : [this.#roving.focusedKey];
    return { distance, distanceToTop, viewport, isLive, isIdle, near, focused };
  }

  readonly #askOlder = (): void => {
    this.#older.asked(this);
    new ChatHistoryRequestEvent().requestFrom(this);
  };

  readonly #onFocusIn = (event: FocusEvent): void => {
    this.#voice.focus();
    this.#roving.onFocusIn(event);
    this.#tools.onFocusIn(event);
  };

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    this.#tools.onKeyDown(event);
    this.#roving.onKeyDown(event);
  };

  readonly #onJump = (event: MouseEvent): void => {
    const input = event.detail === 0 ? "keyboard" : "pointer";
    this.scrollToLatest();
    // The button is about to go; focus must never be left on something that is not there.
    if (input === "keyboard") this.focusLatest();
    this.dispatchEvent(new ChatJumpEvent(input));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-message-list": ChatMessageList;
  }
}
