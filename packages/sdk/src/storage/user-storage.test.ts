import { describe, expect, it } from "vitest";
import { SeededRandom } from "../testing/seeded-random.js";
import { VirtualBrowser } from "../testing/virtual-browser.js";
import { VirtualClock } from "../testing/virtual-clock.js";
import { openUserStorage } from "../indexeddb.js";
import { createSystemClock } from "../platform/system-clock.js";
import { TabStorage } from "./tab-storage.js";
import { userOfToken } from "./user-of-token.js";
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

interface VirtualContract extends ContractBrowser {
  readonly browser: VirtualBrowser;
  advance(ms: number): void;
}

function build(seed: number, without: { readonly locks?: "none" } = {}): VirtualContract {
  const clock = new VirtualClock();
  const random = new SeededRandom(seed);
  const browser = new VirtualBrowser({ clock, random, minDelayMs: 0, maxDelayMs: 40, ...without });
  const tabs: ContractTab[] = [];
  return {
    browser,
    advance(ms) {
      clock.advance(ms);
    },
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

describe("a browser without locks", () => {
  const ONE: SampleOp = { id: "op-1", room: "lobby", text: "1" };
  const of = (tab: ContractTab, kind: string) => tab.news.filter(({ t }) => t === kind);

  it("[B1] gives the ops of a dead tab to the next one, those of a living to none", async () => {
    const world = build(1, { locks: "none" });
    const dead = world.openTab();
    dead.storage.put([ONE], () => undefined);
    await world.rest();
    dead.kill();
    const second = world.openTab();
    await world.rest();
    expect(of(second, "adopted")).toEqual([{ t: "adopted", ops: [ONE] }]);
    const third = world.openTab();
    await world.rest();
    expect(of(third, "adopted")).toEqual([]);
  });
});

describe("a tab that closes while it adopts", () => {
  it("[B1] gives everything back, so that the next tab finds it", async () => {
    const ONE: SampleOp = { id: "op-1", room: "lobby", text: "1" };
    for (let delayMs = 0; delayMs < 200; delayMs += 10) {
      const world = build(delayMs);
      const dead = world.openTab();
      dead.storage.put([ONE], () => undefined);
      await world.rest();
      dead.kill();
      const second = world.openTab();
      world.advance(delayMs);
      second.storage.close();
      await world.rest();
      if (second.news.some(({ t }) => t === "adopted")) second.kill();
      const third = world.openTab();
      await world.until(() => third.news.some(({ t }) => t === "adopted"));
      expect(third.news.find(({ t }) => t === "adopted")).toEqual({ t: "adopted", ops: [ONE] });
    }
  });
});

describe("a tab that adopts", () => {
  it("[B1] keeps it from other tabs, also while it forgets all that it had itself", async () => {
    const [one, two] = ["1", "2"].map((text) => ({ id: `op-${text}`, room: "lobby", text }));
    for (let delayMs = 0; delayMs < 400; delayMs += 10) {
      const world = build(delayMs);
      const dead = world.openTab();
      dead.storage.put([one as SampleOp], () => undefined);
      await world.rest();
      dead.kill();
      const second = world.openTab();
      second.storage.put([two as SampleOp], () => undefined);
      world.advance(delayMs);
      second.storage.remove(["op-2"], new Map());
      await world.rest();
      expect(second.news.find(({ t }) => t === "adopted")).toEqual({ t: "adopted", ops: [one] });
      const third = world.openTab();
      await world.rest();
      expect(third.news.filter(({ t }) => t === "adopted")).toEqual([]);
    }
  });
});

describe("tabs of two versions", () => {
  it("do not read what the other says in its own way", async () => {
    const world = build(1);
    const tab = world.openTab();
    await world.rest();
    const { platform } = world.browser.openTab();
    const channel = platform.openChannel("confab:https://chat.example:ana", () => undefined);
    const message = { t: "draft", place: "lobby", draft: { text: "hi", at: 1e15, tab: "x" } };
    for (const data of [{ v: 2, from: "x", message }, { v: 1, message }, null, "text"]) {
      channel.post(data);
    }
    await world.rest();
    expect(tab.news.filter(({ t }) => t === "draft")).toEqual([]);
    channel.post({ v: 1, from: "x", message });
    await world.rest();
    expect(tab.news.filter(({ t }) => t === "draft")).toHaveLength(1);
  });
});

describe("a storage that fails", () => {
  it("says so once, and nothing after", async () => {
    const world = build(1);
    const tab = world.openTab();
    await world.rest();
    world.browser.problem = "full";
    tab.storage.keepDraft("lobby", "hi");
    tab.storage.put([{ id: "op-1", room: "lobby", text: "1" }], () => {
      throw new Error("it was not kept");
    });
    await world.rest();
    tab.storage.keepDraft("lobby", "hi again");
    await world.rest();
    expect(tab.news.at(-1)).toEqual({ t: "failed", reason: "full" });
    expect(tab.news.filter(({ t }) => t === "failed")).toHaveLength(1);
  });

  it("is said where there is none at all", async () => {
    const clock = createSystemClock();
    const news = await new Promise((tell) => {
      openUserStorage(
        { server: "https://chat.example", user: "ana" },
        { clock, random: new SeededRandom(1), tell },
      );
    });
    expect(news).toEqual({ t: "failed", reason: "unavailable" });
  });
});

describe("the user of a token", () => {
  const token = (claims: unknown): string =>
    `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`;

  it("is read from its claims, and is nobody in anything else", () => {
    expect(userOfToken(token({ sub: "ana?>~", name: "Ána" }))).toBe("ana?>~");
    for (const text of [token({}), token({ sub: 1 }), token(null), "a.b.c", "opaque", ""]) {
      expect(userOfToken(text)).toBeUndefined();
    }
  });
});
