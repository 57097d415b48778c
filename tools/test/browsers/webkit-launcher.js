import { WebdriverClient } from "./webdriver-client.js";
import { WebkitProcess } from "./webkit-process.js";

/** @typedef {import("@web/test-runner").BrowserLauncher} BrowserLauncher */

/** The window around a page like those of the other browsers, 800 by 600. */
const WINDOW = { width: 800, height: 600 };
/** What `sendKeys` calls a key, and WebDriver. */
const KEYS = new Map(
  Object.entries({
    Backspace: "\uE003",
    Tab: "\uE004",
    Enter: "\uE007",
    Shift: "\uE008",
    Escape: "\uE00C",
    Space: " ",
    PageUp: "\uE00E",
    PageDown: "\uE00F",
    End: "\uE010",
    Home: "\uE011",
    ArrowLeft: "\uE012",
    ArrowUp: "\uE013",
    ArrowRight: "\uE014",
    ArrowDown: "\uE015",
    Delete: "\uE017",
  }),
);

/**
 * Runs tests in WebKitGTK: one page, one test file at a time. Of the commands for tests it has the
 * keys.
 *
 * @implements {BrowserLauncher}
 */
export class WebkitLauncher {
  name = "WebKit";
  /** Tells `@web/test-runner-commands` how to reach the keyboard. */
  type = "webdriver";
  concurrency = 1;
  #driverPath;
  /** @type {Promise<{ process: WebkitProcess, page: WebdriverClient }> | undefined} */
  #browser;
  /** @type {string | undefined} */
  #activeSession;

  /** @param {string} driverPath */
  constructor(driverPath) {
    this.#driverPath = driverPath;
  }

  /**
   * @param {string} sessionId
   * @param {string} url
   */
  async startSession(sessionId, url) {
    this.#activeSession = sessionId;
    const page = await this.#page();
    await page.navigate(url);
  }

  /** @param {string} sessionId */
  isActive(sessionId) {
    return this.#activeSession === sessionId;
  }

  async getBrowserUrl() {
    const page = await this.#page();
    return page.url();
  }

  /** Leaves the page, which ends whatever still runs in it. */
  async stopSession() {
    this.#activeSession = undefined;
    const page = await this.#page();
    await page.navigate("about:blank");
    return {};
  }

  startDebugSession() {
    return Promise.reject(new Error("unable to debug in WebKit; use another browser"));
  }

  async stop() {
    const browser = await this.#browser?.catch(() => undefined);
    this.#browser = undefined;
    await browser?.page.close().catch(() => undefined);
    browser?.process.stop();
  }

  /**
   * Called by the `sendKeys` command.
   *
   * @param {string} _sessionId
   * @param {readonly string[]} keys
   */
  async sendKeys(_sessionId, keys) {
    const page = await this.#page();
    const actions = keys.flatMap(strokesOf);
    await page.perform([{ type: "key", id: "keyboard", actions }]);
  }

  async #page() {
    this.#browser ??= open(this.#driverPath);
    return (await this.#browser).page;
  }
}

/** @param {string} driverPath */
async function open(driverPath) {
  const process = await WebkitProcess.start(driverPath);
  try {
    const page = await WebdriverClient.open(process.address);
    await page.resize(WINDOW.width, WINDOW.height);
    return { process, page };
  } catch (error) {
    process.stop();
    throw error;
  }
}

/**
 * The way down and up again of a key, or of several held together: `Shift+Enter`.
 *
 * @param {string} press
 */
function strokesOf(press) {
  const names = press.length > 1 ? press.split("+") : [press];
  const values = names.map((name) => KEYS.get(name) ?? name);
  return [
    ...values.map((value) => ({ type: "keyDown", value })),
    ...values.toReversed().map((value) => ({ type: "keyUp", value })),
  ];
}
