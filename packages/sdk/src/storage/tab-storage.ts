import type { PageLife } from "../platform/page-life.js";
import { makeHexId } from "../platform/make-id.js";
import type { Me } from "../protocol/model.js";
import type { ReadPosition, RoomFrame } from "../protocol/reading.js";
import type { OpenTabChannel } from "../tabs/tab-channel.js";
import type { TabLocks } from "../tabs/tab-locks.js";
import { FactKeeper } from "./fact-keeper.js";
import { OrphanSearch } from "./orphan-search.js";
import { OutboxKeeper } from "./outbox-keeper.js";
import type { RecordStorage } from "./record-storage.js";
import { channelName, databaseName, StorageKeys } from "./storage-keys.js";
import { TabCircle } from "./tab-circle.js";
import type {
  KeptOp,
  MemoryReason,
  RoomWindow,
  StorageHost,
  StorageScope,
  TabRequest,
  UserStorage,
} from "./user-storage.js";
import { WindowKeeper } from "./window-keeper.js";

/** What a tab has of its browser. */
export interface TabPlatform {
  readonly openRecords: (name: string) => RecordStorage;
  /** Undefined where the browser has none. */
  readonly locks: TabLocks | undefined;
  readonly openChannel: OpenTabChannel;
  readonly life: PageLife;
}

/** What one user keeps in this browser, as one tab sees it: wires its keepers to the core. */
export class TabStorage<Op extends KeptOp> implements UserStorage<Op> {
  readonly #host: StorageHost<Op>;
  readonly #keys: StorageKeys;
  readonly #records: RecordStorage;
  readonly #outbox: OutboxKeeper<Op>;
  readonly #facts: FactKeeper;
  readonly #windows: WindowKeeper;
  readonly #circle: TabCircle<Op>;
  readonly #stops: (() => void)[];
  #isOver = false;

  constructor(scope: StorageScope, host: StorageHost<Op>, platform: TabPlatform) {
    const { clock, random } = host;
    const { locks, life } = platform;
    // Names that sort by age, so that what was sent first is adopted first.
    const namespace = `${clock.now().toString(36).padStart(9, "0")}-${makeHexId(8, random)}`;
    const keys = new StorageKeys(scope);
    const records = platform.openRecords(databaseName(scope));
    const failed = (reason: MemoryReason): void => {
      this.#fail(reason);
    };
    this.#host = host;
    this.#keys = keys;
    this.#records = records;
    const circle = new TabCircle<Op>({
      tab: namespace,
      clock,
      open: (onMessage) => platform.openChannel(channelName(scope), onMessage),
      facts: () => this.#facts,
      tell: (news) => {
        this.#tell(news);
      },
      goodbye: () => {
        search.onGoodbye();
      },
      forgotten: () => {
        this.#fail("signed-out");
      },
    });
    const ops = (): Iterable<Op> => circle.own;
    const shared = { scope, keys, namespace, records, locks, clock };
    this.#circle = circle;
    this.#outbox = new OutboxKeeper<Op>({ ...shared, ops, failed });
    this.#facts = new FactKeeper({ keys, records, clock, tab: namespace, failed });
    this.#windows = new WindowKeeper({ keys, records, clock, failed });
    const search = new OrphanSearch({
      ...shared,
      isAlive: (name) => circle.hasHeardOf(name),
      found: (name, done) => {
        this.#adopt(name, done);
      },
    });
    this.#stops = [
      life.onHide(() => {
        this.#flush();
      }),
      life.onLeave(() => {
        circle.sayBye();
      }),
      () => {
        search.stop();
      },
    ];
    this.#facts.open((facts) => {
      this.#tell({ t: "opened", facts });
      circle.enter();
    });
  }

  put(ops: readonly Op[], done: () => void): void {
    if (this.#isOver) return;
    this.#circle.put(ops);
    this.#outbox.put(ops, done);
  }

  remove(ids: readonly string[], seqs: ReadonlyMap<string, number>): void {
    if (this.#isOver) return;
    this.#circle.remove(ids, seqs);
    this.#outbox.remove(ids);
  }

  keepMe(me: Me): void {
    if (!this.#isOver) this.#facts.keepMe(me);
  }

  keepRooms(rooms: readonly RoomFrame[]): void {
    if (!this.#isOver) this.#facts.keepRooms(rooms);
  }

  keepPosition(room: string, position: ReadPosition | undefined): void {
    if (this.#isOver) return;
    this.#facts.keepPosition(room, position);
    if (position) this.#circle.say({ t: "position", room, position });
  }

  keepDraft(place: string, text: string): void {
    if (this.#isOver) return;
    const draft = this.#facts.keepDraft(place, text);
    this.#circle.say({ t: "draft", place, draft });
  }

  keepWindow(room: string, window: RoomWindow | undefined): void {
    if (!this.#isOver) this.#windows.keep(room, window);
  }

  readWindow(room: string, done: (window: RoomWindow | undefined) => void): void {
    if (this.#isOver) {
      this.#host.clock.after(0, () => {
        done(undefined);
      });
    } else this.#windows.read(room, done);
  }

  ask(request: TabRequest): void {
    if (!this.#isOver) this.#circle.ask(request);
  }

  forget(): void {
    if (this.#isOver) return;
    this.#circle.say({ t: "forget" });
    this.#end();
    this.#circle.leave();
    const erase = [this.#keys.all];
    this.#records.write({ erase, durability: "strict" }, () => {
      this.#records.close();
    });
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#unhook();
    // Only when everything is written may another tab take what is left.
    this.#facts.flush(() => {
      this.#windows.flush(() => {
        this.#outbox.close(() => {
          this.#circle.sayBye();
          this.#letGo();
        });
      });
    });
  }

  #adopt(name: string, done: () => void): void {
    this.#outbox.adopt(name, (ops) => {
      done();
      if (ops.length === 0 || this.#isOver) return;
      this.#circle.put(ops);
      this.#tell({ t: "adopted", ops });
    });
  }

  #flush(): void {
    this.#facts.flush();
    this.#windows.flush();
  }

  #fail(reason: MemoryReason): void {
    const wasOver = this.#isOver;
    this.#end();
    this.#letGo();
    if (!wasOver) this.#host.tell({ t: "failed", reason });
  }

  #end(): void {
    this.#isOver = true;
    this.#unhook();
    this.#facts.stop();
    this.#windows.stop();
    this.#outbox.stop();
  }

  #letGo(): void {
    this.#circle.leave();
    this.#records.close();
  }

  #unhook(): void {
    for (const stop of this.#stops) stop();
  }

  #tell(news: Parameters<StorageHost<Op>["tell"]>[0]): void {
    if (!this.#isOver) this.#host.tell(news);
  }
}
