import type { BrowserContext, CDPSession, Page } from "playwright-core";
import type { Command } from "../client/command.js";
import type { HistoryEntry } from "../history.js";
import { ANSWER_MAX_MS, type ChaosClient } from "./chaos-client.js";
import type { ClientPlaces } from "./client-places.js";

/** A page loads from this machine; longer only when it is very busy. */
const LOAD_MAX_MS = 30_000;

const NORMAL_LINE = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };

/** A client in a tab of a real browser. Its outbox survives the tab. */
export class PagePerson implements ChaosClient {
  readonly name: string;
  readonly user: string;
  readonly #context: BrowserContext;
  readonly #places: ClientPlaces;
  #page: Page | undefined;
  #devTools: CDPSession | undefined;
  #lifeCount = 0;

  constructor(name: string, user: string, context: BrowserContext, places: ClientPlaces) {
    this.name = name;
    this.user = user;
    this.#context = context;
    this.#places = places;
  }

  async begin(): Promise<void> {
    await this.end();
    const page = await this.#context.newPage();
    this.#page = page;
    this.#devTools = await this.#context.newCDPSession(page);
    await page.exposeFunction("chaosRecord", (life: string, entry: HistoryEntry) => {
      this.#places.history.write(life, entry);
    });
    await this.#load(() => page.goto(this.#places.pageUrl, { timeout: LOAD_MAX_MS }));
  }

  /** Closes the tab without its unload handlers. */
  async end(): Promise<void> {
    const page = this.#page;
    if (page === undefined) return;
    this.#page = undefined;
    await page.close({ runBeforeUnload: false }).catch(() => undefined);
    this.#tellEnd("hard");
  }

  /** Reloads the tab: its handlers run, its memory goes. */
  async reload(): Promise<void> {
    const page = this.#page;
    if (page === undefined) return;
    this.#tellEnd("soft");
    await this.#load(() => page.reload({ timeout: LOAD_MAX_MS }));
  }

  /** Ends the tab's process, as running out of memory does. */
  async crash(): Promise<void> {
    const page = this.#page;
    if (page === undefined) return;
    this.#page = undefined;
    // The answer never comes, since who should give it is gone.
    void this.#devTools?.send("Page.crash").catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.close({ runBeforeUnload: false }).catch(() => undefined);
    this.#tellEnd("hard");
  }

  /** What the tab sees when the computer loses its network. */
  async setOffline(state: "offline" | "online"): Promise<void> {
    const conditions = { ...NORMAL_LINE, offline: state === "offline" };
    await this.#tell("Network.emulateNetworkConditions", conditions);
  }

  /** Freezes the tab as browsers do with those in the background, or wakes it. */
  async setLifecycle(state: "frozen" | "active"): Promise<void> {
    await this.#tell("Page.setWebLifecycleState", { state });
  }

  async perform(command: Command, maxMs = ANSWER_MAX_MS): Promise<unknown> {
    const page = this.#page;
    if (page === undefined) return undefined;
    const answer = page
      .evaluate((wish) => window.chaosPerform?.(wish), command)
      .catch(() => undefined);
    const tooLate = new Promise((resolve) => setTimeout(() => resolve(undefined), maxMs).unref());
    return Promise.race([answer, tooLate]);
  }

  get #life(): string {
    return `${this.name}.${String(this.#lifeCount)}`;
  }

  async #load(go: () => Promise<unknown>): Promise<void> {
    this.#lifeCount += 1;
    const life = this.#life;
    const { history, url, tokenUrl, rooms, users, seed } = this.#places;
    history.write(life, { type: "born", user: this.user });
    await go();
    const setup = {
      life,
      user: this.user,
      url,
      tokenUrl: tokenUrl(this.user),
      rooms,
      users,
      seed: `${seed}/${life}`,
    };
    await this.#page?.waitForFunction(() => window.chaosBegin !== undefined);
    await this.#page?.evaluate((start) => window.chaosBegin?.(start), setup);
  }

  #tellEnd(how: "hard" | "soft"): void {
    this.#places.history.write(this.#life, { type: "ended", how });
  }

  async #tell(
    method: "Network.emulateNetworkConditions" | "Page.setWebLifecycleState",
    parameters: object,
  ): Promise<void> {
    await this.#devTools?.send(method, parameters as never).catch(() => undefined);
  }
}
