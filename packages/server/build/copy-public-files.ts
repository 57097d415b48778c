import { cpSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the server serves at `/`: the script tag's bundle and its parts, and the page of it. */
const SOURCES = [
  { from: "../../elements/dist/chat.js", to: "../dist/public/chat.js" },
  { from: "../../elements/dist/chat-http.js", to: "../dist/public/chat-http.js" },
  { from: "../../elements/dist/chat-storage.js", to: "../dist/public/chat-storage.js" },
  { from: "../../elements/dist/chat.js.LEGAL.txt", to: "../dist/public/chat.js.LEGAL.txt" },
  { from: "../../../examples/plain-html/public", to: "../dist/public" },
];

for (const { from, to } of SOURCES) {
  const source = fileURLToPath(new URL(from, import.meta.url));
  if (!existsSync(source)) {
    throw new Error(`unable to copy public files; ${source} is missing, build its package first`);
  }
  cpSync(source, fileURLToPath(new URL(to, import.meta.url)), { recursive: true });
}
