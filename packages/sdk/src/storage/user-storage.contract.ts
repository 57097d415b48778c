import type { RoomWindow, StorageNews, UserStorage } from "./user-storage.js";

/** An op as these tests keep it. */
export interface SampleOp {
  readonly id: string;
  readonly room: string;
  readonly text: string;
}

/** A tab of the browser under test, and what its storage has told. */
export interface ContractTab {
  readonly storage: UserStorage<SampleOp>;
  readonly news: readonly StorageNews<SampleOp>[];
  /** The page is gone at once, without a word. */
  kill(): void;
}

/** A browser with nothing kept in it. */
export interface ContractBrowser {
  /** Opens a page for this user. */
  openTab(user?: string): ContractTab;
  /** Lets things happen until the condition holds; throws when it does not in good time. */
  until(condition: () => boolean): Promise<void>;
  /** Lets happen what is under way. */
  rest(): Promise<void>;
  end(): Promise<void>;
}

/** The parts of a test program: the suite runs in Node and in browsers, under two of them. */
export interface ContractProgram {
  readonly describe: (title: string, body: () => void) => void;
  readonly it: (title: string, body: () => Promise<void>) => void;
  readonly equal: (actual: unknown, expected: unknown) => void;
}

const OPS: readonly SampleOp[] = ["1", "2", "3"].map((text) => ({
  id: `op-${text}`,
  room: "lobby",
  text,
}));
const [ONE, TWO, THREE] = OPS as readonly [SampleOp, SampleOp, SampleOp];

/** What every storage of a user does, whatever is below it. */
export function describeUserStorage(
  name: string,
  { describe, it, equal }: ContractProgram,
  build: () => Promise<ContractBrowser>,
): void {
  const within = async (body: (browser: ContractBrowser) => Promise<void>): Promise<void> => {
    const browser = await build();
    try {
      await body(browser);
    } finally {
      await browser.end();
    }
  };
  /** A tab that is open, and one that has kept these ops. */
  const opened = async (browser: ContractBrowser, user?: string): Promise<ContractTab> => {
    const tab = browser.openTab(user);
    await browser.until(() => of(tab, "opened").length > 0);
    return tab;
  };
  const keep = async (
    browser: ContractBrowser,
    tab: ContractTab,
    ops: readonly SampleOp[],
  ): Promise<void> => {
    let isKept = false;
    tab.storage.put(ops, () => {
      isKept = true;
    });
    await browser.until(() => isKept);
  };
  const kept = async (browser: ContractBrowser, ops: readonly SampleOp[]): Promise<ContractTab> => {
    const tab = await opened(browser);
    await keep(browser, tab, ops);
    return tab;
  };

  describe(`${name}: ops`, () => {
    it("[B1] says that ops are kept, later and once", () =>
      within(async (browser) => {
        const tab = await opened(browser);
        let keptCount = 0;
        const done = (): void => {
          keptCount += 1;
        };
        tab.storage.put([ONE], done);
        tab.storage.put([TWO, THREE], done);
        equal(keptCount, 0);
        await browser.until(() => keptCount === 2);
        await browser.rest();
        equal(keptCount, 2);
        equal(adopted(tab), []);
      }));

    it("[B1] gives the ops of a page that was killed to the next one, in their order", () =>
      within(async (browser) => {
        const first = await kept(browser, [ONE, TWO]);
        await keep(browser, first, [THREE]);
        first.kill();
        const second = await opened(browser);
        await browser.until(() => adopted(second).length > 0);
        equal(adopted(second), OPS);
      }));

    it("[B1] keeps what was adopted for the one after that", () =>
      within(async (browser) => {
        (await kept(browser, OPS)).kill();
        const second = await opened(browser);
        await browser.until(() => adopted(second).length > 0);
        second.storage.remove([TWO.id], new Map());
        await browser.rest();
        second.kill();
        const third = await opened(browser);
        await browser.until(() => adopted(third).length > 0);
        equal(adopted(third), [ONE, THREE]);
      }));

    it("[B1] leaves the ops of a living tab alone", () =>
      within(async (browser) => {
        const first = await kept(browser, [ONE]);
        const second = await opened(browser);
        await browser.until(() => mirrored(second).length > 0);
        await browser.rest();
        equal(adopted(second), []);
        equal(of(first, "failed"), []);
      }));

    it("[B1] gives the ops of a dead tab to exactly one of those that want them", () =>
      within(async (browser) => {
        (await kept(browser, OPS)).kill();
        const tabs = [1, 2, 3].map(() => browser.openTab());
        await browser.until(() => tabs.some((tab) => adopted(tab).length > 0));
        await browser.rest();
        equal(tabs.flatMap(adopted), OPS);
      }));

    it("[B1] hands over what is left when a tab closes, once the others know", () =>
      within(async (browser) => {
        const first = await kept(browser, [ONE, TWO]);
        const second = await opened(browser);
        first.storage.put([THREE], () => undefined);
        first.storage.close();
        await browser.until(() => adopted(second).length > 0);
        equal(adopted(second), OPS);
      }));

    it("[B1] keeps the newest form of an op, in its place", () =>
      within(async (browser) => {
        const first = await kept(browser, OPS);
        const changed = { ...ONE, text: "changed" };
        first.storage.put([changed], () => undefined);
        await browser.rest();
        first.kill();
        const second = await opened(browser);
        await browser.until(() => adopted(second).length > 0);
        equal(adopted(second), [changed, TWO, THREE]);
      }));

    it("[B1] gives back nothing that was removed, and can begin again after that", () =>
      within(async (browser) => {
        const first = await kept(browser, [ONE, TWO]);
        first.storage.remove([ONE.id, TWO.id], new Map());
        await browser.rest();
        await keep(browser, first, [THREE]);
        first.kill();
        const second = await opened(browser);
        await browser.until(() => adopted(second).length > 0);
        equal(adopted(second), [THREE]);
      }));
  });

  describe(`${name}: the other tabs`, () => {
    it("[B4] shows an op of another tab from when it is there until it is gone", () =>
      within(async (browser) => {
        const first = await opened(browser);
        const second = await opened(browser);
        first.storage.put([ONE], () => undefined);
        await browser.until(() => mirrored(second).length === 1);
        equal(mirrored(second)[0]?.op, ONE);
        first.storage.remove([ONE.id], new Map());
        await browser.until(() => mirrored(second).length === 0);
        equal(mirrored(first), []);
      }));

    it("[B4] tells a tab that comes later what is there, and where a sent op went", () =>
      within(async (browser) => {
        const first = await kept(browser, [ONE, TWO]);
        const second = await opened(browser);
        await browser.until(() => mirrored(second).length === 2);
        first.storage.remove([ONE.id], new Map([[ONE.id, 7]]));
        await browser.until(() => mirrored(second)[0]?.seq === 7);
        equal(mirrored(second)[1]?.seq, undefined);
      }));

    it("asks the tab that has an op, and no other", () =>
      within(async (browser) => {
        const first = await kept(browser, [ONE]);
        const second = await opened(browser);
        const third = await opened(browser);
        await browser.until(() => mirrored(second).length === 1);
        second.storage.ask({ verb: "discard", room: "lobby", id: ONE.id });
        await browser.until(() => of(first, "asked").length === 1);
        equal(of(first, "asked")[0]?.request, { verb: "discard", room: "lobby", id: ONE.id });
        equal(of(third, "asked"), []);
      }));

    it("[R1] keeps a read position until the server has it, and tells the other tabs", () =>
      within(async (browser) => {
        const first = await opened(browser);
        const second = await opened(browser);
        const position = { seq: 9, count: 5 };
        first.storage.keepPosition("lobby", position);
        first.storage.keepPosition("den", position);
        await browser.until(() => of(second, "position").length >= 2);
        equal(of(second, "position")[0], { t: "position", room: "lobby", position });
        first.storage.keepPosition("den", undefined);
        await browser.rest();
        first.kill();
        const third = await opened(browser);
        equal([...(of(third, "opened")[0]?.facts.positions ?? [])], [["lobby", position]]);
      }));

    it("[R1] keeps the furthest read position of all tabs, whichever of them is confirmed", () =>
      within(async (browser) => {
        const kept = async (): Promise<unknown> => {
          const tab = await opened(browser);
          const { positions } = of(tab, "opened")[0]?.facts ?? {};
          tab.kill();
          return positions?.get("lobby");
        };
        const first = await opened(browser);
        const second = await opened(browser);
        second.storage.keepPosition("lobby", { seq: 9, count: 5 });
        await browser.rest();
        first.storage.keepPosition("lobby", { seq: 4, count: 2 });
        await browser.rest();
        equal(await kept(), { seq: 9, count: 5 });
        first.storage.keepPosition("lobby", undefined);
        await browser.rest();
        equal(await kept(), { seq: 9, count: 5 });
        first.storage.keepPosition("lobby", { seq: 6, count: 3 });
        await browser.rest();
        first.kill();
        second.kill();
        const last = await opened(browser);
        last.storage.keepPosition("lobby", undefined);
        await browser.rest();
        equal(await kept(), undefined);
      }));

    it("carries drafts; the last writer wins, everywhere", () =>
      within(async (browser) => {
        const first = await opened(browser);
        const second = await opened(browser);
        first.storage.keepDraft("lobby", "Hel");
        await browser.until(() => of(second, "draft").at(-1)?.text === "Hel");
        second.storage.keepDraft("lobby", "Hello");
        await browser.until(() => of(first, "draft").at(-1)?.text === "Hello");
        await browser.rest();
        second.storage.close();
        first.storage.close();
        await browser.rest();
        const third = await opened(browser);
        equal([...(of(third, "opened")[0]?.facts.drafts ?? [])], [["lobby", "Hello"]]);
      }));
  });

  describe(`${name}: what opens a page at once`, () => {
    it("keeps a room whole: the newest rows, and the cursor they belong to", () =>
      within(async (browser) => {
        const first = await opened(browser);
        first.storage.keepWindow("lobby", sampleWindow(3));
        first.storage.keepWindow("lobby", sampleWindow(150));
        first.storage.close();
        await browser.rest();
        const second = await opened(browser);
        const window = await read(browser, second, "lobby");
        equal(window?.cursor.seq, 150);
        equal(window?.rows.length, 100);
        equal(window?.rows.at(-1)?.seq, 150);
        equal(window?.hasOlder, true);
        equal(await read(browser, second, "other"), undefined);
      }));

    it("forgets a room that may not be read any more", () =>
      within(async (browser) => {
        const first = await opened(browser);
        first.storage.keepWindow("lobby", sampleWindow(3));
        await browser.rest();
        first.storage.keepWindow("lobby", undefined);
        first.storage.close();
        await browser.rest();
        equal(await read(browser, await opened(browser), "lobby"), undefined);
      }));

    it("keeps who I am and my rooms", () =>
      within(async (browser) => {
        const first = await opened(browser);
        const me = { id: "ana", name: "Ana", kind: "user" } as const;
        first.storage.keepMe(me);
        first.storage.close();
        await browser.rest();
        equal(of(await opened(browser), "opened")[0]?.facts.me, me);
      }));

    it("gives one user nothing of another", () =>
      within(async (browser) => {
        const ana = await kept(browser, OPS);
        ana.storage.keepDraft("lobby", "mine");
        ana.storage.keepWindow("lobby", sampleWindow(3));
        ana.storage.close();
        await browser.rest();
        const bo = await opened(browser, "bo");
        await browser.rest();
        equal([...(of(bo, "opened")[0]?.facts.drafts ?? [])], []);
        equal(await read(browser, bo, "lobby"), undefined);
        equal(adopted(bo), []);
      }));

    it("forgets everything of a user in all tabs, and nothing of another", () =>
      within(async (browser) => {
        const first = await kept(browser, OPS);
        const second = await opened(browser);
        const bo = await opened(browser, "bo");
        bo.storage.keepDraft("lobby", "mine");
        first.storage.keepDraft("lobby", "theirs");
        await browser.rest();
        first.storage.forget();
        await browser.until(() => of(second, "failed").length === 1);
        equal(of(second, "failed")[0]?.reason, "signed-out");
        second.storage.keepDraft("lobby", "too late");
        bo.storage.close();
        await browser.rest();
        const third = await opened(browser);
        await browser.rest();
        equal(adopted(third), []);
        equal([...(of(third, "opened")[0]?.facts.drafts ?? [])], []);
        const next = await opened(browser, "bo");
        equal([...(of(next, "opened")[0]?.facts.drafts ?? [])], [["lobby", "mine"]]);
      }));
  });

  function of<Kind extends StorageNews<SampleOp>["t"]>(
    tab: ContractTab,
    kind: Kind,
  ): Extract<StorageNews<SampleOp>, { t: Kind }>[] {
    return tab.news.filter(
      (news): news is Extract<StorageNews<SampleOp>, { t: Kind }> => news.t === kind,
    );
  }

  function adopted(tab: ContractTab): readonly SampleOp[] {
    return of(tab, "adopted").flatMap(({ ops }) => ops);
  }

  function mirrored(tab: ContractTab) {
    return of(tab, "mirrored").at(-1)?.ops ?? [];
  }

  async function read(
    browser: ContractBrowser,
    tab: ContractTab,
    room: string,
  ): Promise<RoomWindow | undefined> {
    let answers: (RoomWindow | undefined)[] = [];
    tab.storage.readWindow(room, (window) => {
      answers = [...answers, window];
    });
    await browser.until(() => answers.length > 0);
    return answers[0];
  }
}

function sampleWindow(size: number): RoomWindow {
  const rows = Array.from({ length: size }, (_, index) => ({
    id: `message-${index + 1}`,
    seq: index + 1,
    rev: index + 1,
    count: index + 1,
    by: "ana",
    at: 1_000 + index,
    author: { name: "Ana", kind: "user" as const },
    body: `text ${index + 1}`,
    format: "text" as const,
  }));
  return {
    cursor: { epoch: "0123456789abcdef", seq: size, chain: "fedcba9876543210" },
    rows,
    hasOlder: false,
    capabilities: ["msg.read", "msg.send"],
  };
}
