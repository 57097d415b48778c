import { LIMITS } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import type { Done } from "../platform/result.js";
import { SILENT_LOG } from "../telemetry/log.js";
import { TestClock } from "../testing/test-clock.js";
import { Retention } from "./retention.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function createRetention(answers: boolean[] = []) {
  const clock = new TestClock();
  const asked: { readonly at: number; readonly age: number }[] = [];
  const started = clock.now();
  const forget = (before: number, done: Done<boolean>) => {
    asked.push({ at: clock.now() - started, age: clock.now() - before });
    done({ ok: true, value: answers.shift() ?? true });
  };
  const parts = { storage: { forget }, clock, log: SILENT_LOG, maxAgeMs: 5_000 };
  return { clock, asked, forget, retention: new Retention(parts), parts };
}

describe("Retention", () => {
  it("[O4] the least that is kept is older than any op an outbox still sends", () => {
    expect(LIMITS.eventMinAgeMs).toBeGreaterThan(LIMITS.opMaxAgeMs);
  });

  it("runs some time after the start, and then every hour", () => {
    const { clock, asked, retention } = createRetention();
    retention.start();
    clock.advance(MINUTE_MS + 2 * HOUR_MS);
    expect(asked).toEqual([
      { at: MINUTE_MS, age: 5_000 },
      { at: MINUTE_MS + HOUR_MS, age: 5_000 },
      { at: MINUTE_MS + 2 * HOUR_MS, age: 5_000 },
    ]);
  });

  it("goes on in steps, with a pause for others, until nothing is left", () => {
    const { clock, asked, retention } = createRetention([false, false, true]);
    retention.start();
    clock.advance(MINUTE_MS + 1_000);
    expect(asked.map(({ at }) => at - MINUTE_MS)).toEqual([0, 100, 200]);
  });

  it("tries again an hour after a failure", () => {
    const { clock, parts } = createRetention();
    let attempts = 0;
    const forget = (_before: number, done: Done<boolean>) => {
      attempts += 1;
      done({ ok: false, cause: new Error("full") });
    };
    new Retention({ ...parts, storage: { forget } }).start();
    clock.advance(MINUTE_MS + HOUR_MS);
    expect(attempts).toBe(2);
  });

  it("stops, also in the middle of a run", () => {
    const { clock, asked, retention } = createRetention([false]);
    retention.start();
    clock.advance(MINUTE_MS);
    retention.stop();
    clock.advance(HOUR_MS);
    expect(asked).toHaveLength(1);
    expect(clock.waitingCount).toBe(0);
  });
});
