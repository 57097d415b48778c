import { describe, expect, it } from "vitest";
import { SeededRandom } from "../testing/seeded-random.js";
import { VirtualBrowser } from "../testing/virtual-browser.js";
import { VirtualClock } from "../testing/virtual-clock.js";
import { TabStorage } from "./tab-storage.js";
import type { StorageNews } from "./user-storage.js";
import {
  describeUserStorage,
  type ContractBrowser,
  type ContractTab,
  type SampleOp,
} from "./user-storage.contract.js";

const equal = (actual: unknown, expected: unknown): void => {
  expect(actual).toEqual(expected);
};

function build(seed: number): ContractBrowser & { readonly browser: VirtualBrowser } {
  const clock = new VirtualClock();
  const random = new SeededRandom(seed);
  const browser = new VirtualBrowser({ clock, random, minDelayMs: 0, maxDelayMs: 40 });
  const tabs: ContractTab[] = [];
  return {
    browser,
    openTab(user = "ana") {
      const tab = browser.openTab();
      const news: StorageNews<SampleOp>[] = [];
      const host = { clock, random, tell: (item: StorageNews<SampleOp>) => void news.push(item) };
      const scope = { server: "https://chat.example", user };
      const storage = new TabStorage<SampleOp>(scope, host, tab.platform);
      const opened: ContractTab = {
        storage,
        news,
        kill: () => {
          tab.kill();
        },
      };
      tabs.push(opened);
      return opened;
    },
    until(condition) {
      for (let step = 0; step < 1_000 && !condition(); step += 1) clock.advance(50);
      if (!condition()) return Promise.reject(new Error("it did not happen within 50 s"));
      return Promise.resolve();
    },
    rest() {
      clock.advance(5_000);
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  };
}

for (const seed of [1, 2, 3]) {
  describeUserStorage(`a virtual browser (seed ${seed})`, { describe, it, equal }, () =>
    Promise.resolve(build(seed)),
  );
}
