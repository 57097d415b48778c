import type { ReactiveController, ReactiveControllerHost } from "lit";
import { clock } from "../platform/clock.js";
import { rowsOf } from "./message-rows.js";
import { hasSelectionInside } from "./selection.js";

/** Up to here from the end the list counts as being at its end: browsers round scroll positions. */
const LIVE_PX = 4;
/**
 * Silence after which nobody is scrolling. Momentum sends no touch events, so every scroll event
 * starts it anew.
 */
const IDLE_AFTER_MS = 120;
const MAX_JUMP_MS = 600;
/** This close to the end, a reader who rests is taken along to what arrives. */
const NEAR_PX = 64;
const RESTING_AFTER_MS = 200;
/** About one line: less of a row is not enough to have seen it. */
const SEEN_PX = 24;

/** Where the scroller and its rows are, and who wants to know about scrolling. */
export interface ScrollHost extends ReactiveControllerHost {
  readonly scroller: HTMLElement | null;
  /** The one child of the scroller; its rows are elements with `data-key`. */
  readonly content: HTMLElement | null;
  scrolled(): void;
  scrollSettled(): void;
}

/**
 * Keeps the reading position. The scroller is anchored at its bottom (`column-reverse`), so
 * nothing has to be done when older rows arrive above, late pictures grow, or the reader stands
 * at the end. Only growth below the reading position is corrected, measured in the space of the
 * content, which no scrolling in between can disturb.
 */
export class ScrollAnchor implements ReactiveController {
  readonly #host: ScrollHost;
  #observer: ResizeObserver | undefined;
  #observed: HTMLElement | null = null;
  #anchor: HTMLElement | undefined;
  #place = 0;
  /** Where the scroller stood when the place was taken. */
  #placeTop = 0;
  #lastScrollTop = 0;
  /** What the last correction missed, because browsers round scroll positions. */
  #remainder = 0;
  /** Where the last correction left the scroller: a scroll to there is nobody's. */
  #fixedTop = 0;
  #movedAt = 0;
  #isIdle = true;
  #isTouching = false;
  #isJumping = false;
  #cancelIdle: (() => void) | undefined;
  #cancelJump: (() => void) | undefined;

  constructor(host: ScrollHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Pixels below the view to the end of the list. */
  get distance(): number {
    return Math.max(0, -(this.#host.scroller?.scrollTop ?? 0));
  }

  /** Pixels above the view to the beginning of what is rendered. */
  get distanceToTop(): number {
    const scroller = this.#host.scroller;
    return scroller ? scroller.scrollHeight - scroller.clientHeight - this.distance : 0;
  }

  get viewport(): number {
    return this.#host.scroller?.clientHeight ?? 0;
  }

  get isLive(): boolean {
    return this.distance <= LIVE_PX;
  }

  /** Not quite at the end, and resting there: what arrives is followed. */
  get isNear(): boolean {
    const isResting = clock.now() - this.#movedAt >= RESTING_AFTER_MS;
    return !this.isLive && this.distance <= NEAR_PX && isResting && this.#isFree;
  }

  /** At the end, on the way there, or so near that what arrives leads there. */
  get followsEnd(): boolean {
    return this.isLive || this.isNear || this.isJumping;
  }

  /** On the way to the end. */
  get isJumping(): boolean {
    return this.#isJumping;
  }

  /** Nobody scrolls, touches or selects: rows may leave without being missed. */
  get isIdle(): boolean {
    return this.#isIdle && this.#isFree;
  }

  get #isFree(): boolean {
    const { content } = this.#host;
    return !this.#isTouching && !(content && hasSelectionInside(content));
  }

  hostConnected(): void {
    // An element that moved in the document lost its scroll position, and nothing else.
    if (this.#host.scroller) this.#host.scroller.scrollTop = this.#lastScrollTop;
    this.#observe();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observed = null;
    this.#cancelIdle?.();
    this.#isIdle = true;
    this.endJump();
  }

  hostUpdate(): void {
    // What changed the rows since the last frame, another width for instance, has moved them
    // already.
    this.fix();
    this.capture();
  }

  hostUpdated(): void {
    this.#observe();
    this.fix();
  }

  /** Goes to the end: at once, or gliding when it is near and motion is welcome. */
  toLatest(manner: "instant" | "smooth"): void {
    const { scroller } = this.#host;
    if (!scroller || this.distance === 0) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (manner === "instant" || isCalm) {
      this.endJump();
      scroller.scrollTop = 0;
      return;
    }
    this.#isJumping = true;
    this.#cancelJump?.();
    this.#cancelJump = clock.after(MAX_JUMP_MS, this.#arrive);
    this.#awaitIdle();
    scroller.scrollTo({ top: 0, behavior: "smooth" });
  }

  /** Leaves a glide where it is: the reader goes elsewhere. */
  endJump(): void {
    this.#cancelJump?.();
    this.#isJumping = false;
  }

  /** Remembers where the second visible row stands, counted from the end of the content. */
  capture(): void {
    const { content, scroller } = this.#host;
    if (!content || !scroller) return;
    this.#anchor = rowsOf(content).secondFrom(scroller.getBoundingClientRect().top);
    if (!this.#anchor) return;
    this.#place = this.#placeOf(this.#anchor, content);
    this.#placeTop = scroller.scrollTop;
  }

  /** Puts the remembered row back where it stood, unless the reader is at the end. */
  fix(): void {
    const { content, scroller } = this.#host;
    if (!content || !scroller || !this.#anchor?.isConnected || this.#isJumping) return;
    if (this.isLive && !hasSelectionInside(content)) return;
    const place = this.#placeOf(this.#anchor, content);
    const drift = place - this.#place + this.#remainder;
    this.#place = place;
    this.#remainder = drift;
    if (Math.abs(drift) <= 0.5) return;
    // Content that got shorter has pushed a reader at its top down already; that push must not
    // count twice.
    const limit = scroller.clientHeight - scroller.scrollHeight;
    const isPushed = scroller.scrollTop <= limit + 1;
    const from = isPushed ? Math.min(scroller.scrollTop, this.#placeTop) : scroller.scrollTop;
    scroller.scrollTop = from + drift;
    this.#placeTop = scroller.scrollTop;
    this.#fixedTop = this.#placeTop;
    this.#remainder = (from + drift - this.#placeTop) % 1;
  }

  /** The newest row of which a line is in view. */
  get lastVisible(): HTMLElement | undefined {
    const { content, scroller } = this.#host;
    if (!content || !scroller) return undefined;
    return rowsOf(content).lastAbove(scroller.getBoundingClientRect().bottom - SEEN_PX);
  }

  /** The outermost rows that are in view or within this many views of it. */
  rowsWithin(viewports: number): HTMLElement[] {
    const { content, scroller } = this.#host;
    if (!content || !scroller) return [];
    const { top, bottom } = scroller.getBoundingClientRect();
    const reach = viewports * scroller.clientHeight;
    const rows = rowsOf(content);
    return [rows.firstBelow(top - reach), rows.lastAbove(bottom + reach)].flatMap(
      (row) => row ?? [],
    );
  }

  /** For the scroller's `scroll` event. */
  readonly onScroll = (): void => {
    this.#lastScrollTop = this.#host.scroller?.scrollTop ?? 0;
    if (this.#lastScrollTop !== this.#fixedTop) {
      this.#remainder = 0;
      this.#movedAt = clock.now();
    }
    this.#awaitIdle();
    this.capture();
    this.#host.scrolled();
  };

  /** For `touchstart`, `touchend` and `touchcancel`. */
  readonly onTouch = (event: TouchEvent): void => {
    this.#isTouching = event.touches.length > 0;
    if (this.#isTouching) this.endJump();
  };

  /**
   * For `wheel` and `touchmove`, passive. The event ends here: scroll locks of dialogs listen at
   * the document, do not see into shadow roots, and would stop the list from scrolling.
   */
  readonly onDrag = {
    passive: true,
    handleEvent: (event: Event): void => {
      event.stopPropagation();
      this.endJump();
    },
  };

  #awaitIdle(): void {
    this.#isIdle = false;
    this.#cancelIdle?.();
    this.#cancelIdle = clock.after(IDLE_AFTER_MS, () => {
      this.#isIdle = true;
      this.#arrive();
      this.#host.scrollSettled();
    });
  }

  /** A glide whose end moved away while others wrote still ends there. */
  readonly #arrive = (): void => {
    const { scroller } = this.#host;
    if (this.#isJumping && scroller) scroller.scrollTop = 0;
    this.endJump();
  };

  #observe(): void {
    const { content } = this.#host;
    if (!content || content === this.#observed) return;
    this.#observer ??= new ResizeObserver(() => {
      this.fix();
    });
    this.#observer.disconnect();
    this.#observer.observe(content);
    this.#observed = content;
  }

  #placeOf(row: HTMLElement, content: HTMLElement): number {
    return row.getBoundingClientRect().top - content.getBoundingClientRect().bottom;
  }
}
