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

  /** Nobody scrolls, touches or selects: rows may leave without being missed. */
  get isIdle(): boolean {
    const { content } = this.#host;
    return this.#isIdle && !this.#isTouching && !(content && hasSelectionInside(content));
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
    this.#endJump();
  }

  hostUpdate(): void {
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
      this.#endJump();
      scroller.scrollTop = 0;
      return;
    }
    this.#isJumping = true;
    this.#cancelJump?.();
    this.#cancelJump = clock.after(MAX_JUMP_MS, () => {
      this.#endJump();
    });
    scroller.scrollTo({ top: 0, behavior: "smooth" });
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
    const drift = place - this.#place;
    if (Math.abs(drift) <= 0.5) return;
    this.#place = place;
    // Content that got shorter has pushed a reader at its top down already; that push must not
    // count twice.
    const limit = scroller.clientHeight - scroller.scrollHeight;
    const isPushed = scroller.scrollTop <= limit + 1;
    const from = isPushed ? Math.min(scroller.scrollTop, this.#placeTop) : scroller.scrollTop;
    scroller.scrollTop = from + drift;
    this.#placeTop = scroller.scrollTop;
  }

  /** The newest row that reaches into the view. */
  get lastVisible(): HTMLElement | undefined {
    const { content, scroller } = this.#host;
    if (!content || !scroller) return undefined;
    return rowsOf(content).lastAbove(scroller.getBoundingClientRect().bottom - LIVE_PX);
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
    this.#isIdle = false;
    this.#cancelIdle?.();
    this.#cancelIdle = clock.after(IDLE_AFTER_MS, () => {
      this.#isIdle = true;
      this.#endJump();
      this.#host.scrollSettled();
    });
    this.capture();
    this.#host.scrolled();
  };

  /** For `touchstart`, `touchend` and `touchcancel`. */
  readonly onTouch = (event: TouchEvent): void => {
    this.#isTouching = event.touches.length > 0;
    if (this.#isTouching) this.#endJump();
  };

  /**
   * For `wheel` and `touchmove`, passive. The event ends here: scroll locks of dialogs listen at
   * the document, do not see into shadow roots, and would stop the list from scrolling.
   */
  readonly onDrag = {
    passive: true,
    handleEvent: (event: Event): void => {
      event.stopPropagation();
      this.#endJump();
    },
  };

  #endJump(): void {
    this.#cancelJump?.();
    this.#isJumping = false;
  }

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
