import type { HttpAnswer, VirtualPeer, VirtualPeerHandlers } from "@confab/sdk/testing";
import {
  createChatCore,
  SILENT_LOG,
  type Authenticator,
  type ChatCore,
  type CommitExecutor,
  type Done,
  type MemoryDisk,
  type MemoryStorageOptions,
  type Principal,
  type Storage,
} from "@confab/server/testing";
import { ProcessClock } from "./process-clock.js";
import { WatchedSocket } from "./watched-socket.js";
import type { World } from "./world.js";

/** Each start of the server may find its wall clock set anew by this much. */
const CLOCK_SKEW_MAX_MS = 3_600_000;
const SNAPSHOT_MAX_BYTES = 262_144;
/** A disk that fails takes its time to say so, and ops pile up behind the batch. */
const FAILURE_MAX_MS = 3_000;
const READ_DELAY_MAX_MS = 300;
const YEAR_2100 = 4_102_444_800_000;

/** Tokens of the simulation say who they are: signatures are not what it is about. */
const SIMULATION_AUTHENTICATOR: Authenticator = {
  authenticate(token, done) {
    done({ ok: true, principal: principalOf(token), expiresAt: YEAR_2100 });
  },
};

/** A name beginning with "reader" belongs to somebody who may read and not write. */
function principalOf(userId: string): Principal {
  const kind = userId.startsWith("reader") ? "system" : "user";
  return { id: userId, name: `Person ${userId}`, kind };
}

/**
 * The real server core on real SQL, in a process that can be killed between any two events and
 * started again.
 */
export class ServerNode {
  readonly #world: World;
  readonly #disk: MemoryDisk;
  readonly #rooms: readonly string[];
  readonly #random;
  #clock: ProcessClock | undefined;
  #core: ChatCore | undefined;
  #commitsUnderWay = 0;

  constructor(world: World, disk: MemoryDisk, rooms: readonly string[]) {
    this.#world = world;
    this.#disk = disk;
    this.#rooms = rooms;
    this.#random = world.random.fork("server");
  }

  get isUp(): boolean {
    return this.#core !== undefined;
  }

  start(): void {
    const { swarm } = this.#world;
    const skewMs = (this.#random.number() - 0.5) * 2 * CLOCK_SKEW_MAX_MS;
    const clock = new ProcessClock(this.#world.clock, skewMs);
    this.#clock = clock;
    this.#commitsUnderWay = 0;
    const storage = this.#slowToRead(clock, {
      atEndOfTurn: (task) => clock.after(0, task),
      step: this.#diskTime(clock),
      disturb: (executor) => this.#unreliable(executor, clock),
    });
    this.#core = createChatCore({
      storage,
      authenticator: SIMULATION_AUTHENTICATOR,
      clock,
      random: {
        number: () => this.#random.number(),
        hex: (count) => Buffer.from(this.#random.bytes(count)).toString("hex"),
      },
      log: SILENT_LOG,
      rooms: this.#rooms,
      access: { guests: "on" },
      limits: { sendQueueMaxFrames: swarm.sendQueueMaxFrames },
      syncLimits: {
        replayMaxEvents: swarm.replayMaxEvents,
        snapshot: { maxMessages: swarm.snapshotMaxMessages, maxBytes: SNAPSHOT_MAX_BYTES },
      },
    });
    this.#core.rooms.openListed(() => undefined);
    this.#world.note("server", "started");
  }

  /** SIGKILL: memory is gone, what was committed stays. */
  kill(): void {
    if (this.#commitsUnderWay > 0) {
      this.#world.counters.add("server killed with commits under way");
    }
    this.#clock?.kill();
    this.#core = undefined;
    this.#world.note("server", "killed");
  }

  /** Takes one connection, watched by a checker of its own. */
  accept(who: string, peer: VirtualPeer): VirtualPeerHandlers {
    const core = this.#core;
    const clock = this.#clock;
    if (core === undefined || clock === undefined) {
      peer.terminate();
      return { onMessage: () => undefined, onClose: () => undefined };
    }
    const socket = new WatchedSocket(this.#world, clock, who, peer);
    socket.feed(core.gateway.accept(socket));
    return {
      onMessage: (text) => {
        socket.receive(text);
      },
      onClose: () => {
        socket.closed();
      },
    };
  }

  /** `GET /v1/rooms/:room/messages`, without HTTP around it. */
  history(userId: string, room: string, before: number, done: (answer: HttpAnswer) => void): void {
    const core = this.#core;
    if (core === undefined) return done({ status: 0 });
    core.rooms.view(principalOf(userId), room, (view) => {
      if (!view.ok || view.value === undefined) return done({ status: 404 });
      core.sync.readPage(view.value, { before, limit: 50 }, (page) => {
        if (page.ok) this.#world.counters.add("history page loaded");
        done(page.ok ? { status: 200, body: page.value } : { status: 503 });
      });
    });
  }

  /**
   * The real storage, whose answers to reads come late now and then, about a moment that has
   * passed.
   */
  #slowToRead(clock: ProcessClock, options: MemoryStorageOptions): Storage {
    const storage = this.#disk.openStorage(options);
    const { swarm } = this.#world;
    const random = this.#random.fork("reads");
    const late = <Value>(done: Done<Value>): Done<Value> => {
      if (this.#world.isHealed || !random.chance(swarm.slowReadChance)) return done;
      const fails = random.chance(swarm.failedReadChance);
      if (fails) this.#world.counters.add("read failed");
      return (result) => {
        clock.after(random.number() * READ_DELAY_MAX_MS, () => {
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

  /** The time a disk takes before a commit and after it. */
  #diskTime(clock: ProcessClock): (task: () => void) => void {
    const { swarm } = this.#world;
    const random = this.#random.fork("disk time");
    return (task) => {
      const isSlow = random.chance(swarm.slowCommitChance);
      const [low, high] = swarm.commitMs;
      const delayMs = isSlow ? 300 + random.number() * 5_000 : low + random.number() * (high - low);
      clock.after(delayMs, task);
    };
  }

  /** A disk that may refuse a batch, or store it and lose the answer. */
  #unreliable(executor: CommitExecutor, clock: ProcessClock): CommitExecutor {
    const { swarm, counters } = this.#world;
    const random = this.#random.fork("disk faults");
    return {
      execute: (writes, done) => {
        const { isHealed } = this.#world;
        const isRefused = random.chance(swarm.failedCommitChance) && !isHealed;
        const isUnknown = random.chance(swarm.unknownCommitChance) && !isHealed;
        this.#commitsUnderWay += 1;
        const answer: typeof done = (result) => {
          this.#commitsUnderWay -= 1;
          done(result);
        };
        if (isRefused) {
          counters.add("storage unavailable");
          clock.after(random.number() * FAILURE_MAX_MS, () => {
            answer({ ok: false, cause: new Error("disk full") });
          });
          return;
        }
        executor.execute(writes, (result) => {
          if (isUnknown) counters.add("commit outcome unknown");
          answer(isUnknown ? { ok: false, cause: new Error("answer lost") } : result);
        });
      },
      close: (done) => {
        executor.close(done);
      },
    };
  }
}
