import type { BrowserContext, Locator, Page } from "playwright-core";

/** A message as one window shows it. */
export interface ShownMessage {
  readonly id: string;
  readonly text: string;
  /** What a screen reader says about its delivery: "Sending", "Not sent…", "Sent" or nothing. */
  readonly status: string;
}

/** Steps of scrolling after which the start of the room must have been reached. */
const SCROLL_MAX_STEPS = 400;

/** Somebody with a browser window. It is used as a person uses it: by what things are called. */
export class Person {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the demo, gives a name, and waits for the room. */
  static async enter(context: BrowserContext, url: string, name: string): Promise<Person> {
    const page = await context.newPage();
    await page.goto(url);
    return Person.at(page, name);
  }

  /** The same on a page that is open already. */
  static async at(page: Page, name: string): Promise<Person> {
    const person = new Person(page);
    await page.getByRole("textbox", { name: "Your name" }).fill(name);
    await page.getByRole("button", { name: "Join" }).click();
    await person.field.waitFor();
    return person;
  }

  /** Somebody on a page that knows them already. */
  static async returns(page: Page): Promise<Person> {
    const person = new Person(page);
    await person.field.waitFor();
    return person;
  }

  get field(): Locator {
    return this.page.getByRole("textbox", { name: "Message Lobby" });
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: "Messages in Lobby" });
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  /**
   * Waits until a message with this text is shown; a client that backs off may take 20 s to come.
   */
  async sees(text: string): Promise<void> {
    await this.log.getByText(text, { exact: true }).first().waitFor({ timeout: 60_000 });
  }

  /** Waits until nothing of this window is on its way any more. */
  async isSettled(): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const room = document.querySelector("chat-room");
        const list = room?.shadowRoot?.querySelector("chat-message-list");
        const rows = list?.shadowRoot?.querySelectorAll(".row.pending");
        return rows?.length === 0;
      },
      undefined,
      { timeout: 60_000 },
    );
  }

  /** The messages in the window's list now. */
  async shown(): Promise<ShownMessage[]> {
    return this.page.locator("chat-room [role=article]").evaluateAll((rows) =>
      rows.map((row) => ({
        id: row.getAttribute("data-key") ?? "",
        text: row.querySelector(".body")?.textContent ?? "",
        status: row.querySelector(`[id="${row.id}-s"]`)?.textContent ?? "",
      })),
    );
  }

  /**
   * Scrolls from the newest message to the first of the room and collects every message on the way.
   */
  async readsEverything(): Promise<ShownMessage[]> {
    let all = await this.shown();
    await this.log.hover();
    for (let step = 0; step < SCROLL_MAX_STEPS; step += 1) {
      const isAtStart = await this.page.getByText("This is the start of Lobby").isVisible();
      const now = await this.shown();
      all = joinAbove(now, all);
      if (isAtStart && all[0]?.id === now[0]?.id) return all;
      await this.page.mouse.wheel(0, -2_500);
      await this.page.waitForTimeout(40);
    }
    throw new Error("the start of the room was never reached");
  }
}

/** The part of `above` that is not known yet goes in front; what overlaps must agree. */
function joinAbove(above: ShownMessage[], known: ShownMessage[]): ShownMessage[] {
  const first = known[0];
  const end = above.findIndex((message) => message.id === first?.id);
  if (end === -1) {
    const isInside = known.some((message) => message.id === above[0]?.id);
    if (isInside || above.length === 0) return known;
    throw new Error("scrolled past messages without seeing them");
  }
  return [...above.slice(0, end), ...known];
}
