import { describe, expect, it } from "vitest";
import { SampleLog, sampleWelcome } from "./testing/sample-log.js";
import { VirtualPages, type VirtualPage } from "./testing/virtual-pages.js";

const { ada } = SampleLog;

/** A browser with two pages on live lines. */
function pair() {
  const world = new VirtualPages();
  world.log.appendMany(1);
  const [first, second] = [world.open(), world.open()];
  for (const page of [first, second]) page.goLive();
  world.pass(50);
  return { world, first, second };
}

/** Time passes, and the line is not given up. */
function live({ world, page, seconds }: Live): void {
  for (let second = 0; second < seconds; second += 5) {
    world.pass(5_000);
    page.socket.deliver({ t: "ping", heads: {} });
  }
}
interface Live {
  readonly world: VirtualPages;
  readonly page: VirtualPage;
  readonly seconds: number;
}

describe("what a tab that is gone had", () => {
  it("[B1] is never shown by the others unless somebody sends it", () => {
    const seen = { adopted: 0, nowhere: 0 };
    for (let delayMs = 0; delayMs < 40; delayMs += 1) {
      const { world, first, second } = pair();
      second.room.send("hello");
      world.pass(delayMs % 20);
      second.kill();
      live({ world, page: first, seconds: 60 });
      if (first.shown.length > 1) {
        expect(first.sent).toEqual(["hello"]);
        seen.adopted += 1;
      } else seen.nowhere += 1;
    }
    expect(seen.adopted).toBeGreaterThan(0);
    expect(seen.nowhere).toBeGreaterThan(0);
  });

  it("[B4] goes with it when it worked from memory, and stays while it lives", () => {
    const { world, first, second } = pair();
    second.tab.problem = "full";
    second.room.send("hello");
    live({ world, page: first, seconds: 60 });
    expect(first.shown.at(-1)).toBe("hello (pending)");
    second.kill();
    live({ world, page: first, seconds: 60 });
    expect(first.shown).toHaveLength(1);
  });

  it("[B4] follows the word of a tab whose storage failed", () => {
    const { world, first, second } = pair();
    const { id } = second.room.send("hello");
    world.pass(30);
    second.tab.problem = "unavailable";
    second.room.setDraft("x");
    world.pass(1_000);
    expect(second.chat.$storage.get().status).toBe("memory");
    expect(first.shown.at(-1)).toBe("hello (pending)");
    second.room.discard(id);
    second.socket.deliver({ t: "nack", room: world.log.room, id, code: "cancelled" });
    world.pass(100);
    expect(first.shown).toHaveLength(1);
    expect(first.sent).toEqual([]);
  });

  it("[O11] is not sent by its heir when somebody took it back, and shown so at once", () => {
    const { world, first, second } = pair();
    const { id } = second.room.send("hello");
    world.pass(50);
    second.kill();
    first.room.discard(id);
    world.pass(5);
    const item = first.room.$timeline.get().at(-1);
    expect(item).toMatchObject({ id, delivery: { isCancelling: true } });
    live({ world, page: first, seconds: 60 });
    expect(first.sent).toEqual(["fence"]);
  });

  it("[O11] is not sent by the next page, when the one that took it back is gone as well", () => {
    const { world, first, second } = pair();
    const { id } = second.room.send("hello");
    world.pass(50);
    second.kill();
    first.room.discard(id);
    world.pass(500);
    first.kill();
    const third = world.open();
    third.goLive();
    world.pass(2_000);
    expect(third.sent).toEqual(["fence"]);
  });

  it("[B2] is gone for good when a refused message was given up or said again", () => {
    const { world, first, second } = pair();
    const { id } = second.room.send("hello");
    world.pass(50);
    second.socket.deliver({ t: "nack", room: world.log.room, id, code: "muted" });
    world.pass(50);
    second.kill();
    first.room.retry(id);
    live({ world, page: first, seconds: 60 });
    expect(first.sent).toEqual(["hello"]);
    expect(first.shown.slice(1)).toEqual(["hello (pending)"]);
  });
});

describe("what another tab has settled", () => {
  it("[B4] does not vanish while our own line is away, however long", () => {
    const { world, first, second } = pair();
    first.platform.network.isOnline = () => false;
    first.socket.fail(1006);
    const { id } = second.room.send("hello");
    world.pass(50);
    second.socket.deliver(world.log.append({ id, body: "hello", by: ada }));
    live({ world, page: second, seconds: 60 });
    expect(first.shown.at(-1)).toBe("hello");
  });

  it("[B4] [L8] goes when the log was put back to before it, and that tab heard of it", () => {
    const { world, first, second } = pair();
    const { id } = second.room.send("hello");
    world.pass(50);
    second.socket.deliver({ t: "ack", room: world.log.room, id, seq: 5, at: 1 });
    world.pass(50);
    expect(first.shown.at(-1)).toBe("hello");
    second.socket.fail(1006);
    world.pass(2_000);
    second.socket.open();
    second.socket.deliver(sampleWelcome());
    second.socket.deliver(world.log.reset(second.ref), world.log.synced(second.ref));
    world.pass(50);
    for (const page of [first, second]) expect(page.shown).toEqual(["message 1"]);
  });

  it("[B4] is not shown on top of rows that hold it, though its tab is not as far", () => {
    const { world, first, second } = pair();
    const target = world.log.events[0]?.id ?? "";
    const { id } = second.room.edit(target, "theirs");
    world.pass(50);
    second.socket.deliver({ t: "ack", room: world.log.room, id, seq: 2, at: 1 });
    world.pass(50);
    world.log.change({ k: "edit", target, body: "theirs" }, { id, by: ada });
    world.log.change({ k: "edit", target, body: "later" }, { by: ada });
    first.socket.deliver({ ...world.log.reset(undefined), why: "far" });
    expect(first.shown).toEqual(["later"]);
  });

  it("[B4] is not shown on top of what came after it, not for a moment", () => {
    const { world, first, second } = pair();
    const target = world.log.events[0]?.id ?? "";
    const { id } = second.room.edit(target, "theirs");
    world.pass(50);
    expect(first.shown).toEqual(["theirs"]);
    first.socket.deliver(
      world.log.change({ k: "edit", target, body: "theirs" }, { id, by: ada }),
      world.log.change({ k: "edit", target, body: "later" }, { by: ada }),
    );
    expect(first.shown).toEqual(["later"]);
  });
});

describe("signing out", () => {
  const used = (): VirtualPages => {
    const world = new VirtualPages();
    const page = world.open();
    page.goLive();
    page.room.setDraft("secret");
    world.pass(5_000);
    page.chat.close();
    world.pass(5_000);
    page.kill();
    return world;
  };
  const draftOf = (world: VirtualPages): string => {
    const page = world.open({ user: ada.id });
    page.room.open();
    world.pass(200);
    return page.room.$draft.get();
  };

  it("forgets before anything was opened, while it is being opened, and after closing", () => {
    const deeds: readonly ((page: VirtualPage, world: VirtualPages) => void)[] = [
      () => undefined,
      (page) => {
        page.room.open();
      },
      (page, world) => {
        page.room.open();
        world.pass(4);
      },
      (page, world) => {
        page.room.open();
        world.pass(500);
        page.chat.close();
        world.pass(500);
      },
    ];
    for (const deed of deeds) {
      const world = used();
      expect(draftOf(world)).toBe("secret");
      const page = world.open();
      deed(page, world);
      page.chat.signOut();
      world.pass(10_000);
      expect(draftOf(world)).toBe("");
    }
  });

  it("forgets also after the storage has failed", () => {
    const world = used();
    const page = world.open();
    page.goLive();
    page.tab.problem = "full";
    page.room.send("x");
    world.pass(3_000);
    expect(page.chat.$storage.get().status).toBe("memory");
    page.tab.problem = undefined;
    page.chat.signOut();
    world.pass(5_000);
    expect(draftOf(world)).toBe("");
  });

  it("ends the other tabs: nothing of the user is sent any more", () => {
    const { world, first, second } = pair();
    first.chat.signOut();
    second.room.send("not yet");
    world.pass(500);
    expect(second.sent).toEqual([]);
    expect(() => second.room.send("later")).toThrow("unable to");
  });
});

describe("an earlier life of the page", () => {
  it("[B1] is sent before what is said in this one", () => {
    const world = new VirtualPages();
    const first = world.open();
    first.goLive();
    first.socket.fail(1006);
    world.pass(20);
    first.room.send("one");
    first.room.send("two");
    world.pass(50);
    first.tab.leave();
    first.isAlive = false;
    const page = world.open();
    page.room.open();
    world.pass(1);
    page.room.send("three");
    world.pass(60);
    page.socket.open();
    page.socket.deliver(sampleWelcome());
    world.pass(2_000);
    expect(page.sent).toEqual(["one", "two", "three"]);
  });

  it("[B1] has kept what was sent in the moment before it was closed", () => {
    const world = new VirtualPages();
    const page = world.open();
    page.room.send("x");
    page.chat.close();
    world.pass(5_000);
    page.kill();
    const next = world.open({ user: ada.id });
    next.room.open();
    world.pass(3_000);
    expect(next.shown).toEqual(["x (pending)"]);
  });
});

describe("what nobody uses", () => {
  it("is erased after a month, and nothing earlier or of anybody else", () => {
    const world = new VirtualPages();
    const keysOf = (): readonly string[] =>
      [...world.browser.databases.values()].flatMap((table) => [...table.keys()]);
    const page = world.open();
    page.goLive();
    page.room.setDraft("secret");
    world.pass(1_000);
    page.kill();
    const visit = (): boolean => {
      const other = world.open({ user: "ben", token: () => "opaque" });
      other.room.open();
      world.pass(1_000);
      other.kill();
      return keysOf().some((key) => key.startsWith(`["${ada.id}"`));
    };
    world.pass(29 * 86_400_000);
    expect(visit()).toBe(true);
    world.pass(2 * 86_400_000);
    expect(visit()).toBe(false);
    expect(keysOf().some((key) => key.startsWith('["ben"') || key.includes("ben"))).toBe(true);
  });
});
