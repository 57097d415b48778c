import {
  VirtualBrowser,
  type ChatPlatform,
  type SeededRandom,
  type VirtualTab,
} from "@confab/sdk/testing";
import type { ClientNode } from "./client-node.js";
import type { ProcessClock } from "./process-clock.js";
import { readToken } from "./token-office.js";
import type { World } from "./world.js";

/** What a browser does for a tab, telling its other tabs included, is done after this. */
export const BROWSER_DELAY_MAX_MS = 60;
const PROBLEMS = ["unavailable", "refused", "full"] as const;

type LoadStorage = NonNullable<ChatPlatform["loadStorage"]>;
type StorageModule = NonNullable<Parameters<Parameters<LoadStorage>[0]>[0]>;

/** One person's browser: what its tabs share, and what outlives them. */
export class BrowserNode {
  readonly userId: string;
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #browser: VirtualBrowser;
  readonly #keeps: boolean;
  readonly #tabs = new Map<ClientNode, VirtualTab>();

  constructor(world: World, userId: string, random: SeededRandom) {
    this.#world = world;
    this.userId = userId;
    this.#random = random;
    this.#keeps = random.chance(world.swarm.storageChance);
    this.#browser = new VirtualBrowser({
      clock: world.clock,
      random: random.fork("storage"),
      minDelayMs: 0,
      maxDelayMs: BROWSER_DELAY_MAX_MS,
    });
  }

  /** What a new life of a tab has of the browser. */
  open(client: ClientNode, clock: ProcessClock): Partial<ChatPlatform> {
    if (!this.#keeps) return {};
    const tab = this.#browser.openTab();
    this.#tabs.set(client, tab);
    const loadStorage: LoadStorage = (done) => {
      tab.loadStorage((module) => {
        clock.deliver(() => {
          done(module === undefined ? undefined : sleepingWith(clock, module));
        });
      });
    };
    return { loadStorage };
  }

  /** From now on nothing can be kept; what lies there stays. */
  break(): void {
    if (!this.#keeps || this.#browser.problem !== undefined) return;
    this.#browser.problem = this.#random.pick(PROBLEMS);
    this.#world.counters.add("browser storage broken");
    this.#world.note(this.userId, `storage is ${this.#browser.problem}`);
  }

  /** Tabs opened from now on find it in order. */
  mend(): void {
    this.#browser.problem = undefined;
  }

  /** Everything that is kept, as one text. */
  text(): string {
    return [...this.#browser.databases.values()]
      .flatMap((table) => [...table.values()].map(({ value }) => JSON.stringify(value)))
      .join();
  }

  /** Whether an op would survive its tab. */
  holds(id: string): boolean {
    for (const table of this.#browser.databases.values()) {
      for (const { value } of table.values()) if (JSON.stringify(value).includes(id)) return true;
    }
    return false;
  }

  /** Whether what this tab asks for is kept before it is sent. */
  isKeeping(client: ClientNode): boolean {
    return this.#tabs.has(client) && client.chat.$storage.get().status === "persistent";
  }

  /** A tab is gone: what it asked for and was not kept may never be heard of again. */
  tabGone(client: ClientNode, manner: "leaves" | "crashes"): void {
    const tab = this.#tabs.get(client);
    for (const op of this.#world.asked.all()) {
      if (op.life === client.life && !this.holds(op.id)) op.isForgotten = true;
    }
    if (manner === "leaves") tab?.leave();
    else tab?.kill();
    this.#tabs.delete(client);
  }
}

/** What the storage tells a frozen tab waits like everything else that comes from outside. */
function sleepingWith(clock: ProcessClock, module: StorageModule): StorageModule {
  return {
    openUserStorage: (scope, host) => {
      const tell: typeof host.tell = (news) => {
        clock.deliver(() => {
          host.tell(news);
        });
      };
      const storage = module.openUserStorage(scope, { ...host, tell });
      const put = storage.put.bind(storage);
      storage.put = (ops, done) => {
        put(ops, () => {
          clock.deliver(done);
        });
      };
      const readWindow = storage.readWindow.bind(storage);
      storage.readWindow = (room, done) => {
        readWindow(room, (window) => {
          clock.deliver(() => {
            done(window);
          });
        });
      };
      return storage;
    },
    // Tokens of the simulation are not those of the world, but they say whose they are as well.
    userOfToken: (token) => readToken(token).userId,
  };
}
