import { ChatDiscardEvent } from "../../events/chat-discard.js";
import { ChatEditStartEvent } from "../../events/chat-edit-start.js";
import { ChatReactEvent } from "../../events/chat-react.js";
import { ChatRetryEvent } from "../../events/chat-retry.js";
import type { RowActions } from "./row-context.js";

/** The actions of rows as intents that rise from this element. */
export function intentsFrom(source: EventTarget): Omit<RowActions, "ask" | "keep" | "delete"> {
  return {
    retry: (message) => new ChatRetryEvent(message).requestFrom(source),
    discard: (message) => new ChatDiscardEvent(message).requestFrom(source),
    react: (message, emoji, on) => new ChatReactEvent({ message, emoji, on }).requestFrom(source),
    edit: (message) => new ChatEditStartEvent(message).requestFrom(source),
  };
}
