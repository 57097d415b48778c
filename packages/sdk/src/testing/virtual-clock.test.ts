import { describe, expect, it } from "vitest";
import { SeededRandom } from "./seeded-random.js";
import { VirtualClock } from "./virtual-clock.js";

describe("VirtualClock", () => {
  it("runs what is due in order of time, and of setting at one time", () => {
    const clock = new VirtualClock();
    const random = new SeededRandom("clock");
    const expected: { at: number; order: number }[] = [];
    const ran: { at: number; order: number }[] = [];
    for (let order = 0; order < 500; order += 1) {
      const at = random.integer(0, 100);
      const entry = { at, order };
      const cancel = clock.after(at, () => {
        expect(clock.monotonic()).toBe(at);
        ran.push(entry);
      });
      if (random.chance(0.2)) cancel();
      else expected.push(entry);
    }
    clock.advance(100);
    expected.sort((left, right) => left.at - right.at || left.order - right.order);
    expect(ran).toEqual(expected);
  });

  it("runs what is set meanwhile, and stops at the end of the time", () => {
    const clock = new VirtualClock(1_000);
    let count = 0;
    const again = (): void => {
      count += 1;
      clock.after(10, again);
    };
    clock.after(10, again);
    clock.advance(35);
    expect([count, clock.monotonic(), clock.now()]).toEqual([3, 35, 1_035]);
    expect(clock.runUntilIdle(100)).toBe(false);
  });

  it("tells when nothing is left to run", () => {
    const clock = new VirtualClock();
    clock.after(5, () => undefined);
    expect(clock.runUntilIdle(4)).toBe(false);
    expect(clock.runUntilIdle(4)).toBe(true);
  });

  it("sleeps: what was due runs late", () => {
    const clock = new VirtualClock();
    const times: number[] = [];
    clock.after(10, () => times.push(clock.monotonic()));
    clock.sleep(60);
    expect(times).toEqual([60]);
  });

  it("moves the wall clock without moving time", () => {
    const clock = new VirtualClock(1_000);
    clock.jumpWallClock(-500);
    expect([clock.now(), clock.monotonic()]).toEqual([500, 0]);
  });
});

describe("SeededRandom", () => {
  it("repeats a seed exactly, and differs between seeds", () => {
    const draw = (seed: number): number[] => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 20 }, () => random.number());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    for (const number of draw(7)) expect(number >= 0 && number < 1).toBe(true);
  });

  it("keeps named substreams apart from what is drawn elsewhere", () => {
    const one = new SeededRandom(7);
    const other = new SeededRandom(7);
    other.number();
    other.fork("people").number();
    expect(one.fork("net").number()).toBe(other.fork("net").number());
    expect(one.fork("net").number()).not.toBe(one.fork("people").number());
  });

  it("spreads evenly", () => {
    const random = new SeededRandom("even");
    const buckets = new Map<number, number>();
    for (let count = 0; count < 10_000; count += 1) {
      const bucket = random.integer(0, 10);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    }
    for (const count of buckets.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
    expect(buckets.size).toBe(10);
  });
});
