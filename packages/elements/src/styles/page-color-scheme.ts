/**
 * Whether the page around an element says which colours it uses. Where it does not, the reader's
 * system decides.
 */
export function pageHasColorScheme(element: Element): boolean {
  const root = element.getRootNode();
  const parent =
    element.assignedSlot ??
    element.parentElement ??
    (root instanceof ShadowRoot ? root.host : null);
  return parent !== null && getComputedStyle(parent).colorScheme !== "normal";
}
