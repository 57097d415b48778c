/** Keys that lead from one part of a room to another. */
export type RoomKeyAction = "to-composer" | "to-latest" | "page-up" | "page-down";

/**
 * In the list, Escape and everything that writes lead to the field; the browser then types the
 * key there.
 */
export function listKeyAction(event: KeyboardEvent): RoomKeyAction | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return undefined;
  if (event.key === "Escape") return "to-composer";
  const [origin] = event.composedPath();
  const isOnRow = origin instanceof HTMLElement && origin.dataset["key"] !== undefined;
  // Space scrolls, as everywhere.
  return isOnRow && /^.$/u.test(event.key) && event.key !== " " ? "to-composer" : undefined;
}

/** In the empty field, keys that have nothing to do there move the list. */
export function composerKeyAction(event: KeyboardEvent, text: string): RoomKeyAction | undefined {
  if (event.defaultPrevented || event.isComposing || text !== "") return undefined;
  if (event.key === "ArrowUp" && event.shiftKey) return "to-latest";
  if (event.key === "PageUp") return "page-up";
  return event.key === "PageDown" ? "page-down" : undefined;
}
