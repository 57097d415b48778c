import { describe, expect, it } from "vitest";
import type { CommitExecutor } from "./commit-executor.js";
import { CommitQueue } from "./commit-queue.js";
import type { BatchResult, Write } from "./write.js";

type Answer = (result: BatchResult) => void;

function createQueue() {
  const turns: (() => void)[] = [];
  const batches: { writes: readonly Write[]; answer: Answer }[] = [];
  const executor: CommitExecutor = {
    execute: (writes, answer) => void batches.push({ writes, answer }),
    close: (done) => {
      done();
    },
  };
  const queue = new CommitQueue(executor, (task) => void turns.push(task));
  const outcomes: string[] = [];
  const push = (...ids: string[]) => {
    for (const id of ids) {
      queue.push(append(id), (result) => {
        outcomes.push(result.ok ? `${id} ${result.value.type}` : `${id} failed`);
      });
    }
  };
  const endTurn = () => {
    for (const task of turns.splice(0)) task();
  };
  const succeed = (index: number) => {
    const batch = batches[index];
    const stored = { type: "duplicate", seq: 1, at: 1 } as const;
    batch?.answer({ ok: true, outcomes: batch.writes.map(() => stored), commits: 1 });
  };
  const sizes = () => batches.map(({ writes }) => writes.length);
  return { queue, batches, outcomes, push, endTurn, succeed, sizes };
}

function append(id: string, body = "hi"): Write {
  const op = { id, by: "ann", at: 1, fingerprint: "f" };
  const author = '{"name":"Ann","kind":"user"}';
  const change = { author, body, format: "text", isInRoom: true, mentions: [] } as const;
  return { type: "append", room: "lobby", change: { type: "msg", ...change }, ...op };
}

describe("CommitQueue", () => {
  it("commits everything of one turn together", () => {
    const { push, endTurn, sizes } = createQueue();
    push("a", "b", "c");
    expect(sizes()).toEqual([]);
    endTurn();
    expect(sizes()).toEqual([3]);
  });

  it("commits everything that arrived during a commit together, after it", () => {
    const { push, endTurn, succeed, sizes, outcomes } = createQueue();
    push("a");
    endTurn();
    push("b");
    endTurn();
    push("c");
    expect(sizes()).toEqual([1]);
    succeed(0);
    endTurn();
    expect(sizes()).toEqual([1, 2]);
    expect(outcomes).toEqual(["a duplicate"]);
    succeed(1);
    expect(outcomes).toEqual(["a duplicate", "b duplicate", "c duplicate"]);
  });

  it("[O2] a failed batch fails everything that waits behind it, in order", () => {
    const { push, endTurn, batches, outcomes, queue } = createQueue();
    push("a", "b");
    endTurn();
    push("c");
    batches[0]?.answer({ ok: false, cause: new Error("disk full") });
    expect(outcomes).toEqual(["a failed", "b failed", "c failed"]);
    expect(queue.lastFailure).toBeInstanceOf(Error);
    endTurn();
    expect(batches).toHaveLength(1);
  });

  it("goes on after a failure, and forgets it after a success", () => {
    const { push, endTurn, batches, outcomes, queue, succeed } = createQueue();
    push("a");
    endTurn();
    batches[0]?.answer({ ok: false, cause: "disk full" });
    push("a");
    endTurn();
    succeed(1);
    expect(outcomes).toEqual(["a failed", "a duplicate"]);
    expect(queue.lastFailure).toBeUndefined();
  });

  it("a listener that throws leaves nobody waiting, and its mistake comes out", () => {
    const { queue, push, endTurn, succeed, outcomes, sizes } = createQueue();
    push("a");
    queue.push(append("b"), () => {
      throw new Error("a mistake");
    });
    push("c");
    endTurn();
    expect(() => succeed(0)).toThrow("a mistake");
    expect(outcomes).toEqual(["a duplicate", "c duplicate"]);
    push("d");
    endTurn();
    expect(sizes()).toEqual([3, 1]);
  });

  it("bounds a batch by the number of its writes and by their size", () => {
    const { push, endTurn, succeed, sizes, queue } = createQueue();
    push(...Array.from({ length: 600 }, (_, index) => String(index)));
    endTurn();
    succeed(0);
    endTurn();
    expect(sizes()).toEqual([512, 88]);
    succeed(1);
    for (let count = 0; count < 3; count += 1) {
      queue.push(append(String(count), "x".repeat(300_000)), () => undefined);
    }
    endTurn();
    expect(sizes()).toEqual([512, 88, 1]);
  });

  it("tells when everything is decided", () => {
    const { push, endTurn, succeed, queue } = createQueue();
    let idle = 0;
    queue.whenIdle(() => (idle += 1));
    expect(idle).toBe(1);
    push("a");
    queue.whenIdle(() => (idle += 1));
    endTurn();
    expect(idle).toBe(1);
    succeed(0);
    expect(idle).toBe(2);
  });

  it("probes the writer with an empty batch behind everything that waits", () => {
    const { push, endTurn, succeed, queue, sizes, batches } = createQueue();
    const answers: boolean[] = [];
    push("a");
    queue.probe(({ ok }) => answers.push(ok));
    endTurn();
    succeed(0);
    expect(sizes()).toEqual([1, 0]);
    batches[1]?.answer({ ok: false, cause: "disk full" });
    expect(answers).toEqual([false]);
  });
});
