import type { RowToolsController } from "../../controllers/row-tools.js";
import { ChatDeleteEvent } from "../../events/chat-delete.js";
import { intentsFrom } from "../chat-message/intents-from.js";
import type { RowActions } from "../chat-message/row-context.js";

/** The actions of the rows of a list: intents that rise from it, and a question before deleting. */
export function listActions(list: EventTarget, tools: RowToolsController): RowActions {
  return {
    ...intentsFrom(list),
    ask: ({ key }) => {
      tools.ask(key);
    },
    keep: () => {
      tools.ask(undefined);
    },
    delete: (message) => {
      tools.ask(undefined);
      new ChatDeleteEvent(message).requestFrom(list);
    },
  };
}
