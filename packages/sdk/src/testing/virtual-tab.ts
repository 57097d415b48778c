import type { StorageProblem } from "../storage/record-storage.js";
import type { TabPlatform } from "../storage/tab-platform.js";
import { TabStorage } from "../storage/tab-storage.js";
import { userOfToken } from "../storage/user-of-token.js";
import type { LoadStorage } from "../storage/user-storage.js";
import type { TabChannel } from "../tabs/tab-channel.js";
import type { VirtualBrowser, VirtualListener } from "./virtual-browser.js";
import { VirtualRecords } from "./virtual-records.js";

/** Things that happen one after the other; `lastAt` is the time of the last one planned. */
export interface VirtualLane {
  lastAt: number;
}

/** One tab of a virtual browser: what its page has of the browser, until it is killed. */
export class VirtualTab {
  readonly #browser: VirtualBrowser;
  readonly #name: string;
  readonly #work: VirtualLane = { lastAt: 0 };
  readonly #inbox: VirtualLane = { lastAt: 0 };
  readonly #onHide = new Set<() => void>();
  readonly #onLeave = new Set<() => void>();
  readonly #leaveChannels = new Set<() => void>();
  #isAlive = true;
  #isCut = false;
  /** What is wrong with the storage of this tab alone. */
  problem: StorageProblem | undefined;
  readonly platform: TabPlatform;

  constructor(browser: VirtualBrowser, name: string) {
    this.#browser = browser;
    this.#name = name;
    this.platform = {
      openRecords: (database) => this.#openRecords(database),
      locks: browser.locksOf(name, (task) => {
        this.#later(task);
      }),
      openChannel: (channel, onMessage) => this.#openChannel(channel, onMessage),
      life: {
        onHide: (listener) => subscribe(this.#onHide, listener),
        onLeave: (listener) => subscribe(this.#onLeave, listener),
      },
    };
  }

  /** Give this to a client's platform. */
  readonly loadStorage: LoadStorage = (done) => {
    this.#later(() => {
      done({
        openUserStorage: (scope, host) => new TabStorage(scope, host, this.platform),
        userOfToken,
      });
    });
  };

  /** The page is hidden: it may write what waits. */
  hide(): void {
    for (const listener of [...this.#onHide]) listener();
  }

  /** The page is left or loaded again: it may say so, and is gone. */
  leave(): void {
    this.hide();
    for (const listener of [...this.#onLeave]) listener();
    this.kill();
  }

  /**
   * The page is gone at once. Of what it had asked for a part still happens, in order; its clock
   * and its socket are for the test to stop.
   */
  kill(): void {
    this.#isAlive = false;
    for (const leave of this.#leaveChannels) leave();
    this.#browser.locks.release(this.#name);
  }

  #later(task: () => void): void {
    this.#browser.later(this.#work, () => {
      if (this.#isAlive) task();
    });
  }

  #openRecords(name: string): VirtualRecords {
    const browser = this.#browser;
    return new VirtualRecords({
      databases: browser.databases,
      name,
      later: (task) => {
        browser.later(this.#work, () => {
          if (!this.#isAlive) this.#isCut ||= !browser.survivesKill();
          if (!this.#isCut) task();
        });
      },
      problem: () => this.problem ?? browser.problem,
      isAlive: () => this.#isAlive,
    });
  }

  #openChannel(name: string, onMessage: VirtualListener["onMessage"]): TabChannel {
    const browser = this.#browser;
    const listener: VirtualListener = { lane: this.#inbox, onMessage };
    const close = browser.listen(name, listener);
    this.#leaveChannels.add(close);
    return {
      post: (message) => {
        if (this.#isAlive) browser.post(name, listener, message);
      },
      close: () => {
        close();
        this.#leaveChannels.delete(close);
      },
    };
  }
}

function subscribe(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
