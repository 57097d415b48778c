// node say.mjs "Hello from a script" [http://localhost:8787]
import { createChat, requestGuest } from "@confab/sdk";
import WebSocket from "ws";

const [text = "Hello from Node", url = "http://localhost:8787"] = process.argv.slice(2);

const guest = requestGuest({ url, name: "Script" });
const chat = createChat({ url, webSocket: WebSocket, token: async () => (await guest).token });
const room = chat.room("lobby");
const printed = new Set();

room.$timeline.subscribe((items) => {
  for (const item of items) {
    if (item.kind !== "message" || item.seq === undefined || printed.has(item.key)) continue;
    printed.add(item.key);
    process.stdout.write(`${item.author.name}: ${item.body}\n`);
  }
});
room.open();
await room.send(text).settled;
chat.close();
