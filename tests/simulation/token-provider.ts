import { ChatError } from "@confab/sdk";
import type { SeededRandom } from "@confab/sdk/testing";
import type { ProcessClock } from "./process-clock.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** A provider asked more often than this within the window is asked in a loop. [I22] */
const CALLS_MAX = 15;
const WINDOW_MS = 10_000;
const LATE_MAX_MS = 15_000;

/** What a host application gives the SDK as `token`: at once, late, never, or by an exception. */
export class TokenProvider {
  readonly #world: World;
  readonly #clock: ProcessClock;
  readonly #userId: string;
  readonly #random: SeededRandom;
  #calls: number[] = [];
  #pages: number[] = [];

  constructor(world: World, clock: ProcessClock, userId: string, random: SeededRandom) {
    this.#world = world;
    this.#clock = clock;
    this.#userId = userId;
    this.#random = random;
  }

  /** Give this to `createChatWith`. */
  readonly provide = (reason: string): string | Promise<string> => {
    this.#count(reason);
    const { swarm, isHealed, office, counters } = this.#world;
    if (isHealed || !this.#random.chance(swarm.providerTroubleChance)) {
      return office.issue(this.#userId);
    }
    switch (this.#random.pick(["late", "never", "throws", "stale"] as const)) {
      case "late":
        return this.#later();
      case "never":
        counters.add("token provider does not answer");
        return thenable(() => undefined);
      case "throws":
        throw new ChatError("internal", "unable to get a token; the host application is away");
      case "stale":
        return `${this.#userId}|${String(Math.round(this.#world.clock.monotonic()))}|stale`;
    }
  };

  /** A person asks for a page: a server that refuses every token may cost two for it. */
  expectPage(): void {
    this.#pages.push(this.#world.clock.monotonic());
  }

  #later(): Promise<string> {
    return thenable((resolve) => {
      this.#clock.after(this.#random.number() * LATE_MAX_MS, () => {
        resolve(this.#world.office.issue(this.#userId));
      });
    });
  }

  #count(reason: string): void {
    const now = this.#world.clock.monotonic();
    const isRecent = (at: number): boolean => at > now - WINDOW_MS;
    this.#calls = [...this.#calls.filter(isRecent), now];
    this.#pages = this.#pages.filter(isRecent);
    const most = CALLS_MAX + 2 * this.#pages.length;
    this.#world.note(this.#userId, `is asked for a token: ${reason}`);
    this.#world.check(() => {
      demand(this.#calls.length <= most, "I22", () => `${this.#userId}: tokens in a loop`);
    });
  }
}

/** A promise that answers within the turn, so that nothing leaves the virtual clock. */
function thenable(start: (resolve: (token: string) => void) => void): Promise<string> {
  return {
    then: (resolve: (token: string) => void) => {
      start(resolve);
    },
  } as unknown as Promise<string>;
}
