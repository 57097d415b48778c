import type { Thread } from "@confab/sdk";
import type { ClientNode } from "./client-node.js";
import { ViewChecker } from "./view-checker.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** A thread that is looked at. */
interface OpenThread {
  readonly room: string;
  readonly thread: Thread;
  readonly view: ViewChecker;
}

/** What one life of a tab looks at: rooms and threads, each watched by a checker. */
export class ClientViews {
  readonly #world: World;
  readonly #client: ClientNode;
  readonly #views = new Map<string, ViewChecker>();
  readonly #threads = new Map<string, OpenThread>();

  constructor(world: World, client: ClientNode) {
    this.#world = world;
    this.#client = client;
  }

  get rooms(): readonly string[] {
    return [...this.#views.keys()];
  }

  get threads(): readonly OpenThread[] {
    return [...this.#threads.values()];
  }

  /** The watcher of a room's view, from the first time it is asked for. */
  of(roomId: string): ViewChecker {
    let view = this.#views.get(roomId);
    if (view === undefined) {
      view = new ViewChecker(this.#world, { room: roomId }, this.#client);
      this.#views.set(roomId, view);
      this.#client.room(roomId).$timeline.subscribe(() => {
        this.#check(roomId);
      });
      this.#watchReading(roomId);
    }
    return view;
  }

  /** Opens a thread for good. */
  openThread(room: string, root: string): void {
    const key = `${room} ${root}`;
    if (this.#threads.has(key)) return;
    const thread = this.#client.room(room).thread(root);
    const view = new ViewChecker(this.#world, { room, root }, this.#client);
    view.follow();
    this.#threads.set(key, { room, thread, view });
    this.of(room).follow();
    thread.open();
    thread.$timeline.subscribe((items) => {
      this.#world.check(() => {
        view.check(items, thread.$state.get().status);
      });
    });
  }

  /** The stores change before the id is known: what they show is looked at afterwards. */
  whileAsking(roomId: string, ask: () => void): void {
    const threads = this.threads.filter(({ room }) => room === roomId);
    const views = [this.of(roomId), ...threads.map(({ view }) => view)];
    views.reduce(
      (rest, view) => () => {
        view.whileAsking(rest);
      },
      ask,
    )();
    this.#check(roomId);
    for (const { thread, view } of threads) {
      this.#world.check(() => {
        view.check(thread.$timeline.get(), thread.$state.get().status);
      });
    }
  }

  #check(roomId: string): void {
    const room = this.#client.room(roomId);
    this.#world.check(() => {
      this.of(roomId).check(room.$timeline.get(), room.$state.get().status);
    });
  }

  /**
   * What was read once stays read, on this device as well. [I16] The first word of a room may be
   * older than what another tab has kept of it since, and nothing tells it from that of a backup.
   */
  #watchReading(roomId: string): void {
    const { oracle, restoresKnown } = this.#world;
    const place = `${this.#client.life} ${roomId}`;
    let before = 0;
    this.#client.room(roomId).$state.subscribe(({ readSeq = 0 }) => {
      this.#world.check(() => {
        const mayFall = oracle.restores > 0 || !restoresKnown.has(place);
        demand(
          readSeq >= before || mayFall,
          "I16",
          () => `${this.#client.name} reads ${roomId} again`,
        );
      });
      before = readSeq;
    });
  }
}
