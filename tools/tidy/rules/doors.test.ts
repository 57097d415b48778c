import { describe, expect, it } from "vitest";

import { findingsOf } from "../findings-of.js";

const SOMEWHERE = "packages/sdk/src/log/a.ts";

function isRefused(path: string, text: string): boolean {
  return findingsOf("door", { [path]: text }).length > 0;
}

describe("door", () => {
  it.each([
    "export const now = Date.now();",
    "export const now = new Date();",
    "export const now = Date();",
    "export const now = performance.now();",
    "export const read = Date.now;",
    "setTimeout(() => {}, 5);",
    "globalThis.setTimeout(() => {}, 5);",
    "window.setInterval(() => {}, 5);",
    "export const later = setTimeout;",
    "export const chance = Math.random();",
    "export const id = crypto.randomUUID();",
    "export const id = globalThis.crypto.randomUUID();",
    "crypto.getRandomValues(new Uint8Array(4));",
    'import { randomUUID } from "node:crypto"; export const id = randomUUID();',
    'import { setTimeout as wait } from "node:timers/promises"; await wait(5);',
  ])("keeps time and chance in platform: %s", (text) => {
    expect(isRefused("packages/server/src/gateway/a.ts", text)).toBe(true);
    expect(isRefused("packages/server/src/platform/a.ts", text)).toBe(false);
  });

  it.each([
    "export const day = new Date(at).getDay();",
    "export const stop = clock.setTimeout(task);",
    "export interface Clock { setTimeout(task: () => void): void }",
    "export const later = { setTimeout: task };",
    'export const word = "Date.now()";',
  ])("takes no offence at %s", (text) => {
    expect(isRefused(SOMEWHERE, text)).toBe(false);
  });

  it("keeps the environment in the server's configuration", () => {
    const text = "export const port = process.env.PORT;";
    expect(isRefused(SOMEWHERE, text)).toBe(true);
    expect(isRefused("packages/server/src/config.ts", text)).toBe(false);
  });

  it("keeps the console in the entry of the server", () => {
    const text = 'console.log("listening");';
    expect(isRefused("packages/server/src/gateway/a.ts", text)).toBe(true);
    expect(isRefused("packages/server/src/main.ts", text)).toBe(false);
  });

  it.each([
    ["partysocket/ws", "packages/sdk/src/connection/partysocket-transport.ts"],
    ["ws", "packages/server/src/gateway/upgrade.ts"],
    ["drizzle-orm/better-sqlite3", "packages/server/src/storage/database.ts"],
    ["better-sqlite3", "packages/server/src/storage/database.ts"],
  ])("lets %s in only through %s", (specifier, path) => {
    const text = `import x from "${specifier}";\nexport const y = x;`;
    expect(isRefused(path, text)).toBe(false);
    expect(isRefused("packages/server/src/http/a.ts", text)).toBe(true);
  });

  it("gives the functions of the SDK to two elements and its types to all", () => {
    const value = 'import { createChat } from "@confab/sdk"; createChat();';
    const type = 'import type { Room } from "@confab/sdk"; export type R = Room;';
    const bubble = "packages/elements/src/components/chat-message/chat-message.ts";
    expect(isRefused(bubble, value)).toBe(true);
    expect(isRefused(bubble, type)).toBe(false);
    expect(isRefused("packages/elements/src/components/chat-room/chat-room.ts", value)).toBe(false);
  });

  it("lets what tests are made of walk around the doors", () => {
    expect(isRefused("packages/server/src/testing/a.ts", "setTimeout(() => {}, 5);")).toBe(false);
  });

  it("lets tests and tools walk around the doors", () => {
    expect(isRefused("packages/sdk/src/log/a.test.ts", "setTimeout(() => {}, 5);")).toBe(false);
    expect(isRefused("tools/a.ts", 'console.log("x");')).toBe(false);
  });

  it("names the door in its message", () => {
    expect(findingsOf("door", { [SOMEWHERE]: "\nsetTimeout(() => {}, 5);" })).toEqual([
      `${SOMEWHERE}:2 \`setTimeout\`; time and chance is met only in packages/sdk/src/platform`,
    ]);
  });
});
