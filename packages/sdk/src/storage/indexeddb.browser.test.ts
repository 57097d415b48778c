import { expect } from "@open-wc/testing";
import { createSystemClock } from "../platform/system-clock.js";
import { SYSTEM_RANDOM } from "../platform/system-random.js";
import { openBroadcastChannel } from "../tabs/broadcast-tab-channel.js";
import type { TabLocks } from "../tabs/tab-locks.js";
import { webTabLocks } from "../tabs/web-tab-locks.js";
import { IndexedDbRecords } from "./indexeddb-records.js";
import type { RecordStorage, StorageResult, StoredRecord } from "./record-storage.js";
import { TabStorage } from "./tab-storage.js";
import type { StorageNews } from "./user-storage.js";
import {
  describeUserStorage,
  type ContractBrowser,
  type ContractTab,
  type SampleOp,
} from "./user-storage.contract.js";

const clock = createSystemClock();
let worldCount = 0;

function equal(actual: unknown, expected: unknown): void {
  expect(actual).to.deep.equal(expected);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

/** Each world has a server of its own, and with it a database, a channel and locks. */
function build(): Promise<ContractBrowser> {
  worldCount += 1;
  const server = `https://chat-${worldCount}.example`;
  const ends: (() => void)[] = [];
  return Promise.resolve({
    openTab(user = "ana") {
      const opened = openTab(server, user);
      ends.push(opened.kill);
      return opened;
    },
    async until(condition) {
      for (let step = 0; step < 800 && !condition(); step += 1) await wait(10);
      if (!condition()) throw new Error("it did not happen within 8 s");
    },
    rest: () => wait(600),
    end() {
      for (const end of ends) end();
      return Promise.resolve();
    },
  });
}

/** A tab whose hold on the browser can be cut off, as when its process dies. */
function openTab(server: string, user: string): ContractTab {
  const news: StorageNews<SampleOp>[] = [];
  const host = {
    clock,
    random: SYSTEM_RANDOM,
    tell: (item: StorageNews<SampleOp>) => {
      if (isAlive) news.push(item);
    },
  };
  let isAlive = true;
  const cuts: (() => void)[] = [];
  const storage = new TabStorage<SampleOp>({ server, user }, host, {
    openRecords(name) {
      const records = new IndexedDbRecords(name, clock);
      cuts.push(() => {
        records.close();
      });
      return records;
    },
    locks: mortal(webTabLocks(), cuts),
    openChannel(name, onMessage) {
      const channel = openBroadcastChannel(name, onMessage);
      cuts.push(() => {
        channel.close();
      });
      return {
        post(message) {
          if (isAlive) channel.post(message);
        },
        close: channel.close,
      };
    },
    life: { onHide: () => () => undefined, onLeave: () => () => undefined },
  });
  return {
    storage,
    news,
    kill() {
      isAlive = false;
      for (const cut of cuts) cut();
    },
  };
}

/** Locks that fall free when the tab is cut off. */
function mortal(locks: TabLocks | undefined, cuts: (() => void)[]): TabLocks | undefined {
  return (
    locks && {
      hold(name, granted, lost) {
        const release = locks.hold(name, granted, lost);
        cuts.push(release);
        return release;
      },
      take(name, done) {
        locks.take(name, (release) => {
          if (release) cuts.push(release);
          done(release);
        });
      },
    }
  );
}

describeUserStorage("a real browser", { describe, it, equal }, build);

/** One question to a storage, as a promise. */
function ask<Value>(question: (done: (result: Value) => void) => void): Promise<Value> {
  return new Promise(question);
}

function write(
  records: RecordStorage,
  value: unknown,
  durability: "strict" | "relaxed" = "strict",
) {
  const batch = { put: [{ key: ["ana", 1], value }], durability };
  return ask<StorageResult<undefined>>((done) => {
    records.write(batch, done);
  });
}

async function values(records: RecordStorage): Promise<unknown> {
  const result = await ask<StorageResult<readonly StoredRecord[]>>((done) => {
    records.read(["ana"], done);
  });
  return "value" in result && result.value.map(({ value }) => value);
}

describe("a database that fails", () => {
  let name = "";
  let records: IndexedDbRecords;
  const repairs: (() => void)[] = [];

  beforeEach(() => {
    worldCount += 1;
    name = `confab:broken-${worldCount}`;
    records = new IndexedDbRecords(name, clock);
  });

  afterEach(() => {
    records.close();
    for (const repair of repairs.splice(0)) repair();
  });

  /** Replaces a method of the browser until the test is over. */
  function replace<Target extends object, Name extends keyof Target>(
    target: Target,
    method: Name,
    make: (original: Target[Name]) => unknown,
  ): void {
    const original = target[method];
    target[method] = make(original) as Target[Name];
    repairs.push(() => {
      target[method] = original;
    });
  }

  it("is opened again when its connection was closed under it", async () => {
    await write(records, "first");
    const opened: IDBDatabase[] = [];
    replace(
      IDBDatabase.prototype,
      "transaction",
      (original) =>
        function (this: IDBDatabase, ...rest: Parameters<IDBDatabase["transaction"]>) {
          opened.push(this);
          return original.apply(this, rest);
        },
    );
    await values(records);
    opened[0]?.close();
    expect(await write(records, "second")).to.deep.equal({ value: undefined });
    expect(await values(records)).to.deep.equal(["second"]);
  });

  it("moves once, and tells what, when the answer to the first attempt was lost", async () => {
    await write(records, "first");
    let isLost = false;
    replace(
      IDBDatabase.prototype,
      "transaction",
      (original) =>
        function (this: IDBDatabase, ...rest: Parameters<IDBDatabase["transaction"]>) {
          const transaction = original.apply(this, rest);
          if (isLost) return transaction;
          isLost = true;
          transaction.addEventListener("complete", (event) => {
            event.stopImmediatePropagation();
            transaction.onabort?.(event);
          });
          return transaction;
        },
    );
    const result = await ask<StorageResult<readonly StoredRecord[]>>((done) => {
      records.move(["ana"], ["heir"], 1, done);
    });
    const moved = "value" in result ? result.value.map(({ value }) => value) : [];
    expect(moved).to.deep.equal(["first"]);
  });

  it("is tried once more when a transaction was aborted, and then is unavailable", async () => {
    await write(records, "first");
    let abortCount = 1;
    replace(
      IDBTransaction.prototype,
      "commit",
      (original) =>
        function (this: IDBTransaction) {
          abortCount -= 1;
          if (abortCount >= 0) this.abort();
          else original.call(this);
        },
    );
    expect(await write(records, "second")).to.deep.equal({ value: undefined });
    abortCount = 2;
    expect(await write(records, "third")).to.deep.equal({ problem: "unavailable" });
    expect(await write(records, "fourth")).to.deep.equal({ problem: "unavailable" });
    records = new IndexedDbRecords(name, clock);
    expect(await values(records)).to.deep.equal(["second"]);
  });

  it("is full when the browser says so, and has changed nothing", async () => {
    await write(records, "first");
    replace(IDBObjectStore.prototype, "put", () => () => {
      throw new DOMException("no space", "QuotaExceededError");
    });
    const erase = [["ana"]];
    const put = [{ key: ["ana", 2], value: "second" }];
    const result = await ask((done) => {
      records.write({ put, erase, durability: "strict" }, done);
    });
    expect(result).to.deep.equal({ problem: "full" });
    records = new IndexedDbRecords(name, clock);
    expect(await values(records)).to.deep.equal(["first"]);
  });

  it("is refused where the browser forbids it", async () => {
    replace(IDBFactory.prototype, "open", () => () => {
      throw new DOMException("not here", "SecurityError");
    });
    expect(await write(records, "first")).to.deep.equal({ problem: "refused" });
  });

  it("makes way for a newer version in another tab, and says so", async () => {
    await write(records, "first");
    const newer = await ask<IDBDatabase>((done) => {
      const request = indexedDB.open(name, 99);
      request.onsuccess = () => {
        done(request.result);
      };
    });
    expect(await write(records, "second")).to.deep.equal({ problem: "newer-version" });
    const late = new IndexedDbRecords(name, clock);
    expect(await write(late, "third")).to.deep.equal({ problem: "newer-version" });
    late.close();
    newer.close();
  });

  it("begins anew when the data of the site was cleared", async () => {
    await write(records, "first");
    await ask((done) => {
      indexedDB.deleteDatabase(name).onsuccess = done;
    });
    expect(await values(records)).to.deep.equal([]);
    expect(await write(records, "second")).to.deep.equal({ value: undefined });
    expect(await values(records)).to.deep.equal(["second"]);
  });

  it("cannot keep what is no plain data, and keeps the rest of that batch out too", async () => {
    await write(records, "first");
    const put = [
      { key: ["ana", 2], value: "second" },
      { key: ["ana", 3], value: () => undefined },
    ];
    const result = await ask((done) => {
      records.write({ put, durability: "strict" }, done);
    });
    expect(result).to.deep.equal({ problem: "unavailable" });
    records = new IndexedDbRecords(name, clock);
    expect(await values(records)).to.deep.equal(["first"]);
  });
});
