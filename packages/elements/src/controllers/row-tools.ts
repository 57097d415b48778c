import type { ReactiveController, ReactiveControllerHost } from "lit";
import { keyOfRow } from "./row-key.js";

/** A list whose rows show tools, one at a time. */
export interface RowToolsHost extends ReactiveControllerHost {
  readonly content: HTMLElement | null;
}

/**
 * Which row shows what one can do with it: the one under the mouse, else the one the keyboard or a
 * finger chose. One row at a time: tools on every row would double the cost of a list.
 */
export class RowToolsController implements ReactiveController {
  readonly #host: RowToolsHost;
  #hovered: string | undefined;
  #focused: string | undefined;
  #asking: string | undefined;
  #isTouch = false;
  #leadsToAnswer = false;

  constructor(host: RowToolsHost) {
    this.#host = host;
    host.addController(this);
  }

  /** What the row with this key shows. */
  toolsOf(key: string): "none" | "shown" | "confirm" {
    // A question stays where it was asked, wherever the mouse goes.
    if (this.#asking !== undefined) return key === this.#asking ? "confirm" : "none";
    return key === (this.#hovered ?? this.#focused) ? "shown" : "none";
  }

  /** Asks before the message with this key is deleted; without one the question is taken back. */
  ask(key: string | undefined): void {
    this.#asking = key;
    this.#leadsToAnswer = key !== undefined;
    this.#host.requestUpdate();
  }

  /** The focus goes to the answer that harms nobody. */
  hostUpdated(): void {
    if (!this.#leadsToAnswer) return;
    this.#leadsToAnswer = false;
    this.#host.content?.querySelector<HTMLElement>(".tools .keep")?.focus();
  }

  /** For real moves: rows that scroll by under a mouse at rest are not chosen. */
  readonly onPointer = (event: PointerEvent): void => {
    this.#isTouch = event.pointerType !== "mouse";
    const isInside = !this.#isTouch && event.type !== "pointerleave";
    this.#show(isInside ? keyOfRow(event.target) : undefined, this.#focused);
  };

  readonly onFocusIn = ({ target }: FocusEvent): void => {
    const key = keyOfRow(target);
    if (key !== this.#asking) this.#asking = undefined;
    const isChosen = this.#isTouch || (target as Element).matches(":focus-visible");
    this.#show(this.#hovered, isChosen ? key : undefined);
  };

  /** What takes the focus inside the list tells it by itself. */
  readonly onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    const isInside =
      relatedTarget instanceof Node && this.#host.content?.contains(relatedTarget) === true;
    if (isInside || this.#leadsToAnswer) return;
    this.#asking = undefined;
    this.#show(this.#hovered, undefined);
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.#asking !== undefined) this.ask(undefined);
  };

  #show(hovered: string | undefined, focused: string | undefined): void {
    if (hovered === this.#hovered && focused === this.#focused) return;
    this.#hovered = hovered;
    this.#focused = focused;
    this.#host.requestUpdate();
  }
}
