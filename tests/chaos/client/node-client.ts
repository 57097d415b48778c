import { createChat } from "@confab/sdk";
import { appendFileSync } from "node:fs";
import WebSocket from "ws";
import type { HistoryLine } from "../history.js";
import { Actor } from "./actor.js";
import type { ActorSetup, Command } from "./command.js";

/** What the driver sends first. */
interface Start {
  readonly setup: ActorSetup;
  readonly historyFile: string;
}

interface Request {
  readonly ref: number;
  readonly command: Command;
}

let actor: Actor | undefined;

process.on("message", (message: Start | Request) => {
  if ("setup" in message) {
    actor = begin(message);
    return;
  }
  const { ref, command } = message;
  Promise.resolve(actor?.perform(command)).then(
    (value) => process.send?.({ ref, value }),
    (error: unknown) => process.send?.({ ref, problem: String(error) }),
  );
});

// The driver is gone: nobody would ever end this process.
process.on("disconnect", () => process.exit(0));

/** A client in a process of its own, so that it can be killed: what it knew is in its history. */
function begin({ setup, historyFile }: Start): Actor {
  const write = (line: HistoryLine): void => {
    appendFileSync(historyFile, `${JSON.stringify(line)}\n`);
  };
  const { life, user } = setup;
  write({ at: Date.now(), life, type: "born", user });
  const chat = createChat({
    url: setup.url,
    token: async () => (await fetch(setup.tokenUrl)).text(),
    webSocket: WebSocket,
  });
  return new Actor(chat, setup, (entry) => write({ at: Date.now(), life, ...entry }));
}
