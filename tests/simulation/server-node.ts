import type {
  HttpAnswer,
  HttpRequest,
  VirtualPeer,
  VirtualPeerHandlers,
} from "@confab/sdk/testing";
import { createChatCore, SILENT_LOG, type ChatCore, type Storage } from "@confab/server/testing";
import { ProcessClock } from "./process-clock.js";
import type { ServerDisk } from "./server-disk.js";
import { ServerHttp } from "./server-http.js";
import { StorageTrouble } from "./storage-trouble.js";
import { WatchedSocket } from "./watched-socket.js";
import type { World } from "./world.js";

/** Each start of the server may find its wall clock set anew by this much. */
const CLOCK_SKEW_MAX_MS = 3_600_000;
const SNAPSHOT_MAX_BYTES = 262_144;

/**
 * The real server core on real SQL, in a process that can be killed between any two events and
 * started again.
 */
export class ServerNode {
  readonly #world: World;
  readonly #disk: ServerDisk;
  readonly #rooms: readonly string[];
  readonly #random;
  #clock: ProcessClock | undefined;
  #core: ChatCore | undefined;
  #trouble: StorageTrouble | undefined;
  #storage: Storage | undefined;

  constructor(world: World, disk: ServerDisk, rooms: readonly string[]) {
    this.#world = world;
    this.#disk = disk;
    this.#rooms = rooms;
    this.#random = world.random.fork("server");
  }

  get isUp(): boolean {
    return this.#core !== undefined;
  }

  /** Whether a batch of writes is on its way to the disk. */
  get isCommitting(): boolean {
    return this.#trouble?.isCommitting === true;
  }

  /** Starts a process. Tells whether it could: on a full disk it may end at once. */
  start(): boolean {
    try {
      this.#start();
      return true;
    } catch (problem) {
      if (!this.#disk.isFull) throw problem;
      this.kill();
      return false;
    }
  }

  #start(): void {
    const { swarm, office } = this.#world;
    const skewMs = (this.#random.number() - 0.5) * 2 * CLOCK_SKEW_MAX_MS;
    const clock = new ProcessClock(this.#world.clock, skewMs);
    const trouble = new StorageTrouble(this.#world, clock, this.#random);
    this.#clock = clock;
    this.#trouble = trouble;
    const random = {
      number: () => this.#random.number(),
      hex: (count: number) => Buffer.from(this.#random.bytes(count)).toString("hex"),
    };
    const storage = trouble.slowToRead(
      this.#disk.memory.openStorage({
        atEndOfTurn: (task) => clock.after(0, task),
        step: trouble.commitTime(),
        disturb: (executor) => trouble.unreliable(executor),
        clock,
        random,
      }),
    );
    this.#storage = storage;
    this.#core = createChatCore({
      storage,
      authenticator: office.authenticator(clock),
      clock,
      random,
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
    if (this.isCommitting) {
      this.#world.counters.add("server killed with commits under way");
    }
    this.#clock?.kill();
    this.#core = undefined;
    this.#storage = undefined;
    this.#world.note("server", "killed");
  }

  /** Somebody sets the clock of the server's machine. */
  jumpClock(ms: number): void {
    this.#clock?.jump(ms);
  }

  /** Forgets events and refusals older than this, as time does. */
  forget(before: number): void {
    this.#storage?.forget(before, (forgotten) => {
      if (forgotten.ok)
        this.#world.note("server", `has forgotten what is before ${String(before)}`);
    });
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

  /** Takes one request; the function it may return lets go of it. */
  http(
    who: string,
    request: HttpRequest,
    answer: (answer: HttpAnswer) => void,
  ): (() => void) | undefined {
    const core = this.#core;
    const clock = this.#clock;
    if (core === undefined || clock === undefined) {
      answer({ status: 0 });
      return undefined;
    }
    this.#world.note("server", `< ${who} ${request.method} ${request.url}`);
    const authenticator = this.#world.office.authenticator(clock);
    return new ServerHttp(this.#world, core, authenticator).handle(request, answer);
  }
}
