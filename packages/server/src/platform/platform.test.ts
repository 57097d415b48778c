import { opIdSchema } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import { TestClock } from "../testing/test-clock.js";
import { clientAddress } from "./client-address.js";
import { systemClock } from "./clock.js";
import { systemRandom } from "./random.js";
import { RateLimiter } from "./rate-limiter.js";
import { makeUuid } from "./uuid.js";

describe("makeUuid", () => {
  it("[W5] makes UUIDv7 in canonical text that sort by time", () => {
    const clock = new TestClock();
    const earlier = makeUuid(clock, systemRandom);
    clock.advance(1);
    const later = makeUuid(clock, systemRandom);
    expect(opIdSchema.safeParse(earlier).success).toBe(true);
    expect(later > earlier).toBe(true);
    expect(Number.parseInt(later.replaceAll("-", "").slice(0, 12), 16)).toBe(clock.now());
  });

  it("makes different ones in the same millisecond", () => {
    const clock = new TestClock();
    const made = new Set(Array.from({ length: 1_000 }, () => makeUuid(clock, systemRandom)));
    expect(made.size).toBe(1_000);
  });
});

describe("clientAddress", () => {
  it.each([
    ["a stranger", "203.0.113.9", undefined, "203.0.113.9"],
    ["a stranger who claims to be another", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["IPv4 written as IPv6", "::ffff:203.0.113.9", undefined, "203.0.113.9"],
    ["a proxy on this machine", "127.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["the entry our proxy added", "::1", "6.6.6.6, 198.51.100.1", "198.51.100.1"],
    ["this machine itself", "127.0.0.1", undefined, "127.0.0.1"],
    ["the network of an IPv6 address", "2001:db8:1:2:3:4:5:6", undefined, "2001:db8:1:2"],
    ["a shortened IPv6 address", "2001:db8::6", undefined, "2001:db8:0:0"],
    ["nobody", undefined, undefined, ""],
  ])("counts %s by the right address", (_case, remoteAddress, forwardedFor, expected) => {
    expect(clientAddress({ remoteAddress, forwardedFor })).toBe(expected);
  });
});

describe("RateLimiter", () => {
  it("allows a burst, then one per interval, and says how long to wait", () => {
    const clock = new TestClock();
    const limiter = new RateLimiter({ burst: 3, intervalMs: 1_000 }, clock);
    expect([1, 2, 3].map(() => limiter.take("ann"))).toEqual([0, 0, 0]);
    expect(limiter.take("ann")).toBe(1_000);
    clock.advance(400);
    expect(limiter.take("ann")).toBe(600);
    clock.advance(600);
    expect(limiter.take("ann")).toBe(0);
    expect(limiter.take("ann")).toBe(1_000);
  });

  it("counts every key for itself", () => {
    const limiter = new RateLimiter({ burst: 1, intervalMs: 1_000 }, new TestClock());
    expect([limiter.take("ann"), limiter.take("bob")]).toEqual([0, 0]);
    expect(limiter.take("ann")).toBeGreaterThan(0);
  });

  it("is full again after a rest, and never fuller than its burst", () => {
    const clock = new TestClock();
    const limiter = new RateLimiter({ burst: 2, intervalMs: 1_000 }, clock);
    limiter.take("ann");
    clock.advance(3_600_000);
    expect([1, 2, 3].map(() => limiter.take("ann") === 0)).toEqual([true, true, false]);
  });

  it("is not moved by somebody setting the clock", () => {
    const clock = new TestClock();
    const limiter = new RateLimiter({ burst: 1, intervalMs: 1_000 }, clock);
    limiter.take("ann");
    clock.jump(86_400_000);
    expect(limiter.take("ann")).toBe(1_000);
  });
});

describe("systemClock", () => {
  it("runs a task of zero delay after everything of this turn", async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      systemClock.after(0, () => {
        order.push("end of turn");
        resolve();
      });
      process.nextTick(() => order.push("tick"));
      void Promise.resolve().then(() => order.push("microtask"));
      order.push("now");
    });
    expect([order.length, order.at(-1)]).toEqual([4, "end of turn"]);
  });

  it("does not run what was cancelled", async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      systemClock.after(0, () => order.push("zero"))();
      systemClock.after(1, () => order.push("one"))();
      systemClock.after(10, resolve);
    });
    expect(order).toEqual([]);
  });
});
