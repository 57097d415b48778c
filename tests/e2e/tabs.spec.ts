import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TcpProxy } from "../network/tcp-proxy.js";
import { browserOptions } from "./browser-options.js";
import { Person } from "./person.js";
import { ServerProcess } from "./server-process.js";

let server: ServerProcess;
let proxy: TcpProxy;
let browser: Browser;
let context: BrowserContext;
let ada: Person;

beforeAll(async () => {
  server = await ServerProcess.start();
  proxy = await TcpProxy.to(server.port);
  browser = await chromium.launch(browserOptions());
  context = await browser.newContext({ viewport: { width: 900, height: 700 } });
  ada = await Person.enter(context, proxy.url, "Ada");
});

afterAll(async () => {
  await browser.close();
  proxy.close();
  await server.stop();
  server.removeData();
});

/** Another tab of the same person, who is remembered. */
async function anotherTab(): Promise<Person> {
  const page = await context.newPage();
  await page.goto(proxy.url);
  return Person.returns(page);
}

function storedTexts(): string[] {
  const database = new Sqlite(`${server.dataDirectory}/confab.db`, { readonly: true });
  try {
    const rows = database.prepare("select body from messages order by seq").all();
    return (rows as { body: string }[]).map(({ body }) => body);
  } finally {
    database.close();
  }
}

/** Ends the process of a page the hard way: none of its code runs any more. */
async function crash(page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const isGone = new Promise<void>((resolve) => {
    page.once("crash", () => {
      resolve();
    });
  });
  session.send("Page.crash").catch(() => undefined);
  await isGone;
}

describe("the tabs of one person", () => {
  it("[B4] show what one of them sends without a line, and what it writes", async () => {
    const second = await anotherTab();
    await ada.say("before the tunnel");
    await second.sees("before the tunnel");
    await ada.isSettled();
    proxy.cut();
    await ada.say("from the first tab");
    await second.sees("from the first tab");
    await ada.field.fill("half a sen");
    await expect.poll(() => second.field.inputValue()).toBe("half a sen");
    await second.field.fill("");
    await expect.poll(() => ada.field.inputValue()).toBe("");
    await second.page.close();
  });

  it("[B1] a reload without a line shows the room as it was, and what waits", async () => {
    await ada.field.fill("not sent yet");
    // The page itself may be had again; nothing else passes.
    await context.route("**/v1/**", (route) => route.abort());
    proxy.setGate({ mode: "sockets-only-fail" });
    await ada.page.reload();
    await ada.sees("before the tunnel");
    await ada.sees("from the first tab");
    await expect.poll(() => ada.field.inputValue()).toBe("not sent yet");
    await ada.field.fill("");
    await context.unroute("**/v1/**");
    proxy.restore();
  });

  it("[B1] [B4] what a crashed tab had not sent goes out from another, once", async () => {
    await ada.isSettled();
    const second = await anotherTab();
    await second.sees("from the first tab");
    proxy.cut();
    await ada.say("last words");
    await second.sees("last words");
    await crash(ada.page);
    proxy.restore();
    await second.sees("last words");
    const third = await anotherTab();
    await third.sees("last words");
    await Promise.all([second.isSettled(), third.isSettled()]);
    await expect
      .poll(storedTexts)
      .toEqual(["before the tunnel", "from the first tab", "last words"]);
    await third.page.close();
    ada = second;
  });

  it("[B1] [B4] so does what waits in a tab that is closed without a word", async () => {
    const second = await anotherTab();
    proxy.cut();
    await second.say("goodbye");
    await ada.sees("goodbye");
    await second.page.close();
    proxy.restore();
    await ada.isSettled();
    await expect
      .poll(storedTexts, { timeout: 45_000 })
      .toEqual(["before the tunnel", "from the first tab", "last words", "goodbye"]);
    const shown = (await ada.shown()).map(({ text }) => text);
    expect(shown).toEqual(storedTexts());
  });
});
