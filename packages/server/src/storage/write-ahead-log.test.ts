import { describe, expect, it } from "vitest";
import { TestClock } from "../testing/test-clock.js";
import { messageEvent } from "../testing/storage-bench.js";
import type { Change, Write } from "./write.js";
import { WriteAheadLog } from "./write-ahead-log.js";

const SAID = append(messageEvent().change);
const DELETED = append({ type: "del", target: messageEvent().id });
const FORGOTTEN: Write = { type: "forget", before: 1, maxEvents: 1 };

function append(change: Change): Write {
  return { ...messageEvent(), type: "append", room: "lobby", change };
}

function createLog(answers: readonly (boolean | Error)[] = []) {
  const clock = new TestClock();
  const times: number[] = [];
  const started = clock.monotonic();
  const clear = () => {
    const answer = answers[times.length] ?? true;
    times.push(clock.monotonic() - started);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { clock, times, log: new WriteAheadLog({ clock, clear }) };
}

describe("WriteAheadLog", () => {
  it("does nothing and waits for nothing after batches that delete nothing", () => {
    const { clock, times, log } = createLog();
    log.committed([SAID, SAID]);
    expect(clock.waitingCount).toBe(0);
    clock.advance(60_000);
    expect(times).toEqual([]);
  });

  it.each([
    ["a deletion", DELETED],
    ["forgetting", FORGOTTEN],
  ])("[O10] is cleared once, a second after %s, however much was deleted", (_case, write) => {
    const { clock, times, log } = createLog();
    log.committed([SAID, write]);
    clock.advance(900);
    log.committed([write]);
    clock.advance(60_000);
    expect(times).toEqual([1_000]);
    log.committed([write]);
    clock.advance(60_000);
    expect(times).toHaveLength(2);
  });

  it("[O10] is cleared later when somebody reads from it, or the disk fails", () => {
    const { clock, times, log } = createLog([false, new Error("disk"), true]);
    log.committed([DELETED]);
    clock.advance(60_000);
    expect(times).toEqual([1_000, 2_000, 3_000]);
  });

  it("is left alone once it was stopped", () => {
    const { clock, times, log } = createLog();
    log.committed([DELETED]);
    log.stop();
    clock.advance(60_000);
    expect(times).toEqual([]);
  });
});
