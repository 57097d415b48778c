import { chromium, type Browser, type Page } from "playwright-core";
import { fileURLToPath } from "node:url";
import { browserOptions } from "./browser-options.js";
import { Person } from "./person.js";
import { ServerProcess } from "./server-process.js";

const PICTURE = fileURLToPath(new URL("../../docs/images/lobby.png", import.meta.url));

const DESKTOP = { viewport: { width: 900, height: 640 }, colorScheme: "light" } as const;
const PHONE = { viewport: { width: 390, height: 640 }, colorScheme: "dark" } as const;

/** `npm run picture -w tests`: the picture in the README, taken from the product as it is now. */
const server = await ServerProcess.start();
const browser = await chromium.launch(browserOptions());
try {
  const ada = await enter(browser, DESKTOP, "/", "Ada Lindqvist");
  const bo = await enter(browser, PHONE, "/second-person.html", "Bo Kim");
  const chidi = await enter(browser, DESKTOP, "/second-person.html", "Chidi Mensah");
  await talk(ada, bo, chidi);
  await join(browser, ada.page, bo.page);
} finally {
  await browser.close();
  await server.stop();
  server.removeData();
}

async function enter(
  from: Browser,
  look: typeof DESKTOP | typeof PHONE,
  path: string,
  name: string,
): Promise<Person> {
  const context = await from.newContext({ ...look, deviceScaleFactor: 2, locale: "en-GB" });
  return Person.enter(context, server.url + path, name);
}

async function talk(ada: Person, bo: Person, chidi: Person): Promise<void> {
  await ada.say("Pushed the token rename. One attribute is all a dark page needs now.");
  await ada.say("Notes are at https://example.com/migration");
  await bo.sees("Notes are at https://example.com/migration");
  await bo.say("Looks right on my side 👍");
  await bo.say("Does it hold in a narrow sidebar?");
  await chidi.sees("Does it hold in a narrow sidebar?");
  await chidi.say("Tried 280 px inside a page with a 62.5 % root. Nothing shrank.");
  await chidi.say("And it keeps its place when older messages load.");
  await ada.sees("And it keeps its place when older messages load.");
  await ada.say("Then I am shipping it.");
  await bo.sees("Then I am shipping it.");
  await bo.say("🎉");
  await ada.sees("🎉");
}

/** Puts both windows side by side. */
async function join(from: Browser, left: Page, right: Page): Promise<void> {
  const [wide, narrow] = await Promise.all([left.screenshot(), right.screenshot()]);
  const page = await from.newPage({ viewport: { width: 1_354, height: 688 } });
  await page.setContent(`
    <style>
      body { margin: 0; padding: 24px; display: flex; gap: 16px; background: #cfd5de }
      img { border-radius: 12px; box-shadow: 0 8px 28px #16181d33; height: 640px }
    </style>
    <img src="data:image/png;base64,${wide.toString("base64")}">
    <img src="data:image/png;base64,${narrow.toString("base64")}">`);
  await page.screenshot({ path: PICTURE });
}
