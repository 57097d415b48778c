import { describe, expect, it } from "vitest";
import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import type { Result } from "../platform/result.js";
import type { Storage } from "../storage/storage.js";
import { createMemoryDisk } from "../testing/memory-disk.js";
import { TestClock } from "../testing/test-clock.js";
import { createTestRandom } from "../testing/test-random.js";
import { RoomAccess } from "./room-access.js";
import { makeRoomRules, roomByRules } from "./room-rules.js";

const ANN: Principal = { id: "ann", name: "Ann", kind: "user" };
const SYSTEM: Principal = { id: "system:x", name: "System", kind: "system" };
const GUEST: Principal = { id: "guest:x", name: "Guest", kind: "guest" };

describe("room rules", () => {
  it.each([
    ["lobby", "lobby", true],
    ["lobby", "lobby2", false],
    ["post-*", "post-1", true],
    ["post-*", "post-", true],
    ["post-*", "post", false],
    ["post-*", "a-post-1", false],
    ["*-help", "de-help", true],
    ["a*b*c", "a-b-b-c", true],
    ["a*b*c", "a-c-b", false],
    ["ab*ba", "aba", false],
    ["*", "anything", true],
  ])("%s matches %s: %s", (entry, roomId, matches) => {
    expect(roomByRules(makeRoomRules([entry]), roomId) !== undefined).toBe(matches);
  });

  it("a room is shown by its id with a capital letter", () => {
    expect(roomByRules(makeRoomRules(["lobby"]), "lobby")).toEqual({
      id: "lobby",
      kind: "public",
      name: "Lobby",
    });
  });

  it("a pattern of many stars is judged in linear time", () => {
    const rules = makeRoomRules([`${"a*".repeat(30)}b`]);
    expect(roomByRules(rules, "a".repeat(64))).toBeUndefined();
  });
});

describe("RoomAccess", () => {
  function createAccess(
    guests: "on" | "off" = "on",
    wrap = (storage: Storage) => storage,
    entries = ["lobby", "post-*"],
  ) {
    const clock = new TestClock();
    const disk = createMemoryDisk();
    const storage = wrap(disk.openStorage({ atEndOfTurn: (task) => clock.after(0, task) }));
    const rules = makeRoomRules(entries);
    const random = createTestRandom();
    const rooms = new RoomAccess({ storage, rules, access: { guests }, clock, random });
    const view = (principal: Principal, roomId: string) => {
      let answered: Result<RoomView | undefined> | undefined;
      rooms.view(principal, roomId, (result) => {
        answered = result;
      });
      clock.settle();
      return answered;
    };
    const stored = () => disk.query("SELECT id FROM rooms ORDER BY id").map(({ id }) => id);
    return { clock, rooms, view, stored };
  }

  it("makes the listed rooms at the start, and none of a pattern", () => {
    const { clock, rooms, stored } = createAccess();
    let isDone = false;
    rooms.openListed(({ ok }) => (isDone = ok));
    clock.settle();
    expect([isDone, stored()]).toEqual([true, ["lobby"]]);
  });

  it.each([0, 1, 3_000])("makes %i listed rooms, at the first start and the next", (count) => {
    const ids = Array.from({ length: count }, (_, index) => `room-${String(index)}`);
    const { clock, rooms, stored } = createAccess("on", (storage) => storage, [...ids, "*"]);
    const answers: boolean[] = [];
    for (let start = 1; start <= 2; start += 1) {
      rooms.openListed(({ ok }) => answers.push(ok));
      clock.settle();
    }
    expect([answers, stored().length]).toEqual([[true, true], count]);
  });

  it("makes a room of a pattern when somebody opens it who may see it", () => {
    const { view, stored } = createAccess("off");
    expect(view(GUEST, "post-1")).toEqual({ ok: true, value: undefined });
    expect(stored()).toEqual([]);
    expect(view(ANN, "post-1")).toMatchObject({ ok: true, value: { room: { id: "post-1" } } });
    expect(stored()).toEqual(["post-1"]);
  });

  it.each(["nowhere", "Post-1", "post-1/..", "", "__proto__", "post-'; DROP TABLE rooms; --"])(
    "%j is no room",
    (roomId) => {
      const { view, stored } = createAccess();
      expect(view(ANN, roomId)).toEqual({ ok: true, value: undefined });
      expect(stored()).toEqual([]);
    },
  );

  it("judges everybody for themselves in a room that is known already", () => {
    const { view } = createAccess();
    const sends = (principal: Principal) => {
      const result = view(principal, "lobby");
      return result?.ok === true && result.value?.capabilities.includes("msg.send");
    };
    expect([sends(ANN), sends(SYSTEM)]).toEqual([true, false]);
  });

  it("says that storage failed, and not that there is no room", () => {
    const failure = { ok: false, cause: "disk" } as const;
    const { view } = createAccess("on", (storage) => ({
      ...storage,
      findRoom: (_roomId, done) => {
        done(failure);
      },
    }));
    expect(view(ANN, "lobby")).toEqual(failure);
    expect(view(ANN, "nowhere")).toEqual(failure);
  });
});
