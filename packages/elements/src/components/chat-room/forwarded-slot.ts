import { html, nothing } from "lit";

/**
 * Passes a slot of an element on to the same slot of a part inside it, if the page fills it. An
 * empty slot passed on would count as content there and hide what the part shows by itself.
 */
export function forwardedSlot(element: Element, name: string): unknown {
  const isFilled = [...element.children].some((child) => child.slot === name);
  return isFilled ? html`<slot name=${name} slot=${name}></slot>` : nothing;
}
