import { ChatDiscardEvent } from "../../events/chat-discard.js";
import { ChatRetryEvent } from "../../events/chat-retry.js";
import type { RowActions } from "./row-context.js";

/** The actions of rows as intents that rise from this element. */
export function intentsFrom(source: EventTarget): RowActions {
  return {
    retry: (message) => new ChatRetryEvent(message).requestFrom(source),
    discard: (message) => new ChatDiscardEvent(message).requestFrom(source),
  };
}
