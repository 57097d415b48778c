import Sqlite from "better-sqlite3";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { browserOptions } from "./browser-options.js";
import { Crowd } from "./crowd.js";
import { Person } from "./person.js";
import { ServerProcess } from "./server-process.js";
import { TcpProxy } from "../network/tcp-proxy.js";

/** A client that backs off may take 20 s to come. */
const PATIENCE = { timeout: 60_000, interval: 250 };

let server: ServerProcess;
let proxy: TcpProxy;
let browser: Browser;
let context: BrowserContext;
let ada: Person;
let ben: Person;

beforeAll(async () => {
  server = await ServerProcess.start();
  proxy = await TcpProxy.to(server.port);
  browser = await chromium.launch(browserOptions());
  context = await browser.newContext({ viewport: { width: 900, height: 700 } });
});

afterAll(async () => {
  await browser.close();
  proxy.close();
  await server.stop();
  server.removeData();
});

describe("two people in two windows", () => {
  it("a name opens the room, and the link opens a second person", async () => {
    ada = await Person.enter(context, server.url, "Ada");
    const link = ada.page.getByRole("link", { name: "Open as a second person" });
    const [window] = await Promise.all([context.waitForEvent("page"), link.click()]);
    await window.getByRole("textbox", { name: "Your name" }).waitFor();
    expect(new URL(window.url()).pathname).toBe("/second-person.html");
    await window.close();
    ben = await Person.enter(context, `${proxy.url}/second-person.html`, "Ben");
    await ada.say("hello Ben");
    await ben.sees("hello Ben");
    await ben.say("hello Ada");
    await ada.sees("hello Ada");
    const article = ada.log.getByRole("article", { name: /Ben.*hello Ada/ });
    expect(await article.count()).toBe(1);
  });

  it("[B4] a reload keeps the person, and shows every message once", async () => {
    await ada.page.reload();
    await ada.field.waitFor();
    await ada.sees("hello Ada");
    await ada.say("back again");
    await ben.sees("back again");
    const texts = (await ada.shown()).map(({ text }) => text);
    expect(texts).toEqual(["hello Ben", "hello Ada", "back again"]);
    const own = ada.log.getByRole("article", { name: /You.*back again/ });
    expect(await own.count()).toBe(1);
  });

  it("[B2] what is written without a line waits, says so, and goes out once", async () => {
    proxy.cut();
    await ben.say("written in a tunnel");
    await ben.say("and one more");
    await ben.page.getByText("Waiting for connection").waitFor({ timeout: 30_000 });
    await ada.say("said meanwhile");
    // It has its place before Ben is back, who may be faster than a busy machine stores it.
    await ada.sees("said meanwhile");
    await ada.isSettled();
    proxy.restore();
    await ada.sees("and one more");
    await ben.sees("said meanwhile");
    await ben.isSettled();
    const order = (await ada.shown()).map(({ text }) => text).slice(-3);
    expect(order).toEqual(["said meanwhile", "written in a tunnel", "and one more"]);
    expect((await ben.shown()).map(({ text }) => text).slice(-3)).toEqual(order);
  });

  it("[O3] a server killed under load loses nothing acknowledged, doubles nothing", async () => {
    const crowd = await Crowd.enter(server.url, "Crowd");
    for (let round = 0; round < 3; round += 1) {
      crowd.say(60);
      await ada.say(`ada in round ${String(round)}`);
      await ben.say(`ben in round ${String(round)}`);
      crowd.say(60);
      await server.kill();
      await ada.say(`ada while it is down ${String(round)}`);
      await server.start();
    }
    await crowd.isSettled();
    // Who came back first is chance, so nobody's words need to be among the newest ones.
    const said = {
      crowd: Array.from({ length: 360 }, (_, index) => `crowd ${String(index + 1)}`),
      ada: [0, 1, 2].flatMap((round) => [
        `ada in round ${String(round)}`,
        `ada while it is down ${String(round)}`,
      ]),
      ben: [0, 1, 2].map((round) => `ben in round ${String(round)}`),
    };
    await vi.waitFor(() => {
      expect(storedTextsBy(Object.keys(said))).toEqual(said);
    }, PATIENCE);
    await Promise.all([showsTheNewest(ada), showsTheNewest(ben)]);
    await Promise.all([ada.isSettled(), ben.isSettled()]);
    crowd.chat.close();
  });

  it("a thousand messages are scrolled with at most 250 of them in the page", async () => {
    const crowd = await Crowd.enter(server.url, "Crowd two");
    while (crowd.operations.length < 640) {
      crowd.say(80);
      await crowd.isSettled();
    }
    crowd.chat.close();
    await ada.sees("crowd 640");
    expect(storedMessages().length).toBeGreaterThanOrEqual(1_000);
    expect((await ada.shown()).length).toBeLessThanOrEqual(250);
    await ada.readsEverything();
    expect((await ada.shown()).length).toBeLessThanOrEqual(500);
    await ada.page.getByRole("button", { name: /Jump to latest/ }).click();
    await ada.sees("crowd 640");
  });

  it("[B4] in the end both windows and the file hold the same messages, in one order", async () => {
    await Promise.all([ada.page.reload(), ben.page.reload()]);
    await Promise.all([ada.sees("crowd 640"), ben.sees("crowd 640")]);
    const stored = idsOf(storedMessages());
    expect(new Set(stored).size).toBe(stored.length);
    expect(idsOf(await ada.readsEverything())).toEqual(stored);
    expect(idsOf(await ben.readsEverything())).toEqual(stored);
  });

  it("[V6] asked to stop, the server says goodbye and exits with 0", async () => {
    expect(await server.stop()).toBe(0);
    await ada.page.getByText(/Connection lost|could not be reached/).waitFor({ timeout: 30_000 });
  });
});

interface StoredMessage {
  readonly id: string;
  readonly body: string;
}

/** The log as the file has it, read by nothing of ours. */
function storedMessages(): StoredMessage[] {
  const database = new Sqlite(`${server.dataDirectory}/confab.db`, { readonly: true });
  try {
    const sql = `SELECT id, json_extract(payload, '$.body') AS body
                   FROM events WHERE room = 'lobby' ORDER BY seq`;
    return database.prepare<[], StoredMessage>(sql).all();
  } finally {
    database.close();
  }
}

/** What the file holds of each of these, whose messages begin with their name, in its order. */
function storedTextsBy(names: readonly string[]): Record<string, readonly string[]> {
  const texts = storedMessages().map(({ body }) => body);
  return Object.fromEntries(
    names.map((name) => [name, texts.filter((text) => text.startsWith(`${name} `))]),
  );
}

/** Waits until this window shows the end of the log, however much of it is in the page. */
async function showsTheNewest(person: Person): Promise<void> {
  const stored = idsOf(storedMessages());
  await vi.waitFor(async () => {
    const shown = idsOf(await person.shown());
    expect(shown).toEqual(stored.slice(-shown.length));
  }, PATIENCE);
}

function idsOf(messages: readonly { readonly id: string }[]): string[] {
  return messages.map(({ id }) => id);
}
