/** The element for a selector inside an element's shadow root; throws when there is none. */
export function within<Tag extends keyof HTMLElementTagNameMap>(
  host: Element,
  selector: Tag,
): HTMLElementTagNameMap[Tag];
export function within(host: Element, selector: string): HTMLElement;
export function within(host: Element, selector: string): HTMLElement {
  const found = host.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
}

/** All elements for a selector inside an element's shadow root. */
export function allWithin(host: Element, selector: string): HTMLElement[] {
  return [...(host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** The text of an element as a person reads it, with white space collapsed. */
export function textOf(element: Element): string {
  return element.textContent.replace(/\s+/gu, " ").trim();
}

/** The accessible name of an article: the text of what `aria-labelledby` points at. */
export function labelOf(element: Element): string {
  const root = element.getRootNode() as ShadowRoot;
  const ids = (element.getAttribute("aria-labelledby") ?? "").split(" ");
  return ids.map((id) => spoken(root.getElementById(id))).join(" ");
}

function spoken(element: Element | null): string {
  const copy = element?.cloneNode(true) as Element | undefined;
  for (const hidden of copy?.querySelectorAll("[aria-hidden=true]") ?? []) hidden.remove();
  return copy ? textOf(copy) : "";
}
