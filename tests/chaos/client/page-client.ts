import { createChat } from "@confab/sdk";
import type { HistoryEntry } from "../history.js";
import { Actor } from "./actor.js";
import type { ActorSetup, Command } from "./command.js";

declare global {
  interface Window {
    /** Given by the driver: takes a line of the history out of the page. */
    chaosRecord?: (life: string, entry: HistoryEntry) => Promise<void>;
    /** Given to the driver. */
    chaosBegin?: (setup: ActorSetup) => void;
    chaosPerform?: (command: Command) => Promise<unknown>;
  }
}

window.chaosBegin = (setup) => {
  const chat = createChat({
    url: setup.url,
    token: async () => (await fetch(setup.tokenUrl)).text(),
  });
  const actor = new Actor(chat, setup, (entry) => {
    void window.chaosRecord?.(setup.life, entry);
  });
  window.chaosPerform = (command) => actor.perform(command);
};
