/**
 * Which key sends: `auto` is Enter with a fine pointer, and Ctrl or ⌘ with Enter on a touch
 * screen.
 */
export type SendOn = "auto" | "enter" | "mod-enter";

/** An Enter key with what is held down beside it. */
export type EnterPress = Pick<KeyboardEvent, "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** Whether this Enter sends. Shift and Alt always break the line, Ctrl and ⌘ always send. */
export function sendsOn(press: EnterPress | "Enter", mode: SendOn): boolean {
  if (press !== "Enter") {
    if (press.ctrlKey || press.metaKey) return true;
    if (press.shiftKey || press.altKey) return false;
  }
  if (mode !== "auto") return mode === "enter";
  return !matchMedia("(pointer: coarse)").matches;
}
