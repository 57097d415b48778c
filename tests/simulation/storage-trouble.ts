import type { CommitExecutor, Done, Storage } from "@confab/server/testing";
import type { SeededRandom } from "@confab/sdk/testing";
import type { ProcessClock } from "./process-clock.js";
import type { World } from "./world.js";

/** A disk that fails takes its time to say so, and ops pile up behind the batch. */
const FAILURE_MAX_MS = 3_000;
const READ_DELAY_MAX_MS = 300;
const SLOW_COMMIT_MIN_MS = 300;
const SLOW_COMMIT_MAX_MS = 5_300;

/** What a disk does to one life of the server: takes its time, refuses, or loses its answer. */
export class StorageTrouble {
  readonly #world: World;
  readonly #clock: ProcessClock;
  readonly #random: SeededRandom;
  #commitsUnderWay = 0;

  constructor(world: World, clock: ProcessClock, random: SeededRandom) {
    this.#world = world;
    this.#clock = clock;
    this.#random = random;
  }

  get isCommitting(): boolean {
    return this.#commitsUnderWay > 0;
  }

  /** The time a disk takes before a commit and after it. */
  commitTime(): (task: () => void) => void {
    const { swarm } = this.#world;
    const random = this.#random.fork("disk time");
    return (task) => {
      const isSlow = random.chance(swarm.slowCommitChance);
      const [low, high] = isSlow ? [SLOW_COMMIT_MIN_MS, SLOW_COMMIT_MAX_MS] : swarm.commitMs;
      this.#clock.after(low + random.number() * (high - low), task);
    };
  }

  /** A disk that may refuse a batch, or store it and lose the answer. */
  unreliable(executor: CommitExecutor): CommitExecutor {
    const { swarm, counters } = this.#world;
    const random = this.#random.fork("disk faults");
    return {
      ...executor,
      execute: (writes, done) => {
        const { isHealed } = this.#world;
        const isRefused = random.chance(swarm.failedCommitChance) && !isHealed;
        const isUnknown = random.chance(swarm.unknownCommitChance) && !isHealed;
        const rooms = new Set(writes.map((write) => ("room" in write ? write.room : undefined)));
        if (rooms.size > 1) counters.add("group commit over several rooms");
        this.#commitsUnderWay += 1;
        const answer: typeof done = (result) => {
          this.#commitsUnderWay -= 1;
          done(result);
        };
        if (isRefused) {
          counters.add("storage unavailable");
          this.#clock.after(random.number() * FAILURE_MAX_MS, () => {
            answer({ ok: false, cause: new Error("disk full") });
          });
          return;
        }
        executor.execute(writes, (result) => {
          if (!result.ok) counters.add("disk full");
          if (isUnknown) counters.add("commit outcome unknown");
          answer(isUnknown ? { ok: false, cause: new Error("answer lost") } : result);
        });
      },
    };
  }

  /** The real storage, whose answers to reads come late, about a moment that has passed. */
  slowToRead(storage: Storage): Storage {
    const { swarm } = this.#world;
    const random = this.#random.fork("reads");
    const late = <Value>(done: Done<Value>): Done<Value> => {
      if (this.#world.isHealed || !random.chance(swarm.slowReadChance)) return done;
      const fails = random.chance(swarm.failedReadChance);
      if (fails) this.#world.counters.add("read failed");
      return (result) => {
        this.#clock.after(random.number() * READ_DELAY_MAX_MS, () => {
          done(fails ? { ok: false, cause: new Error("the disk does not answer") } : result);
        });
      };
    };
    return {
      ...storage,
      findRoom: (roomId, done) => {
        storage.findRoom(roomId, late(done));
      },
      position: (view, seq, done) => {
        storage.position(view, seq, late(done));
      },
      snapshot: (view, query, done) => {
        storage.snapshot(view, query, late(done));
      },
      readEvents: (view, range, done) => {
        storage.readEvents(view, range, late(done));
      },
      page: (view, query, done) => {
        storage.page(view, query, late(done));
      },
    };
  }
}
