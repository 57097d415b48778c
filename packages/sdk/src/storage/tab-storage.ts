import { makeHexId } from "../platform/make-id.js";
import type { Me } from "../protocol/model.js";
import type { ReadPosition, RoomFrame } from "../protocol/reading.js";
import type { LogNews } from "../tabs/tabs-step.js";
import { eraseUser, signOut } from "./sign-out.js";
import { FactKeeper } from "./fact-keeper.js";
import { OrphanSearch } from "./orphan-search.js";
import { OutboxKeeper } from "./outbox-keeper.js";
import type { RecordStorage } from "./record-storage.js";
import { FirstLook } from "./first-look.js";
import { channelName, databaseName, StorageKeys } from "./storage-keys.js";
import type { TabPlatform } from "./tab-platform.js";
import { TabCircle } from "./tab-circle.js";
import { eraseUnusedData } from "./unused-data.js";
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
import { WishKeeper } from "./wish-keeper.js";

/** A tab that is gone without a trace: its heir may be about to say what it has found. */
const HEIR_LIMIT_MS = 500;
/** A tab hears that the user signed out within this; what it wrote meanwhile is erased again. */
const HEARING_MAX_MS = 2_000;

/** What one user keeps in this browser, as one tab sees it: wires its keepers. */
export class TabStorage<Op extends KeptOp> implements UserStorage<Op> {
  readonly #scope: StorageScope;
  readonly #host: StorageHost<Op>;
  readonly #platform: TabPlatform;
  /** Name of this tab. */
  readonly #namespace: string;
  readonly #keys: StorageKeys;
  readonly #records: RecordStorage;
  readonly #firstLook: FirstLook;
  readonly #outbox: OutboxKeeper<Op>;
  readonly #wishes: WishKeeper;
  readonly #facts: FactKeeper;
  readonly #windows: WindowKeeper;
  readonly #circle: TabCircle<Op>;
  readonly #search: OrphanSearch;
  readonly #stops: (() => void)[];
  /** The ops of this tab, as they are to be kept. */
  readonly #ops = new Map<string, Op>();
  /** `memory`: nothing is kept any more, but the tabs still hear of each other. */
  #status: "open" | "memory" | "over" = "open";

  constructor(scope: StorageScope, host: StorageHost<Op>, platform: TabPlatform) {
    const { clock, random } = host;
    const { locks, life } = platform;
    // Names that sort by age, so that what was sent first is adopted first.
    const namespace = `${clock.now().toString(36).padStart(9, "0")}-${makeHexId(8, random)}`;
    const keys = new StorageKeys(scope);
    const records = platform.openRecords(databaseName(scope));
    const failed = this.#fail.bind(this);
    const shared = { scope, keys, namespace, records, locks, clock, failed };
    this.#scope = scope;
    this.#host = host;
    this.#platform = platform;
    this.#namespace = namespace;
    this.#keys = keys;
    this.#records = records;
    this.#firstLook = new FirstLook(clock);
    this.#circle = this.#openCircle();
    this.#outbox = new OutboxKeeper<Op>({ ...shared, ops: () => this.#ops.values() });
    this.#wishes = new WishKeeper(shared);
    this.#facts = new FactKeeper({ ...shared, tab: namespace });
    this.#windows = new WindowKeeper(shared);
    this.#facts.open((facts) => {
      if (this.#status !== "open") return;
      this.#tell({ t: "opened", facts });
      this.#circle.enter();
    });
    this.#search = new OrphanSearch({
      ...shared,
      isAlive: (name) => this.#circle.isThere(name),
      found: (name, done) => {
        this.#adopt(name, done);
      },
      looked: this.#firstLook.end.bind(this.#firstLook),
    });
    this.#stops = [
      life.onHide(() => {
        this.#facts.flush();
        this.#windows.flush();
      }),
      life.onLeave(() => {
        this.#circle.sayBye();
      }),
      eraseUnusedData(shared),
    ];
  }

  put(ops: readonly Op[], done: () => void): void {
    if (this.#status === "over") return;
    for (const op of ops) this.#ops.set(op.id, op);
    if (this.#status === "memory") {
      this.#circle.put(ops);
      done();
      return;
    }
    this.#outbox.put(ops, () => {
      // What is not on the disk could die with us, and nobody may show what nobody would send.
      this.#circle.put(ops.flatMap(({ id }) => this.#ops.get(id) ?? []));
      this.#firstLook.afterwards(done);
    });
  }

  acked(id: string, seq: number): void {
    const op = this.#ops.get(id);
    if (!op || this.#status === "over") return;
    const placed = { ...op, seq };
    this.#ops.set(id, placed);
    this.#circle.put([placed]);
  }

  remove(ids: readonly string[], seqs: ReadonlyMap<string, number>): void {
    if (this.#status === "over") return;
    for (const id of ids) this.#ops.delete(id);
    this.#circle.remove(ids, seqs);
    if (this.#status === "open") {
      this.#outbox.remove(ids);
      this.#wishes.drop(ids);
    } else if (this.#ops.size === 0) this.#outbox.stop();
  }

  keepMe(me: Me): void {
    if (this.#status === "open") this.#facts.keepMe(me);
  }

  keepRooms(rooms: readonly RoomFrame[]): void {
    if (this.#status === "open") this.#facts.keepRooms(rooms);
  }

  keepPosition(room: string, position: ReadPosition | undefined): void {
    if (this.#status === "over") return;
    this.#facts.keepPosition(room, position);
    if (position) this.#circle.say({ t: "position", room, position });
  }

  keepDraft(place: string, text: string): void {
    if (this.#status === "over") return;
    const draft = this.#facts.keepDraft(place, text);
    this.#circle.say({ t: "draft", place, draft });
  }

  keepWindow(room: string, window: RoomWindow | undefined): void {
    if (this.#status === "open") this.#windows.keep(room, window);
  }

  readWindow(room: string, done: (window: RoomWindow | undefined) => void): void {
    if (this.#status === "open") this.#windows.read(room, done);
    else this.#host.clock.after(0, done.bind(undefined, undefined));
  }

  ask({ id }: TabRequest): void {
    this.#circle.hear({ t: "unwanted", id });
  }

  hear(news: LogNews): void {
    this.#circle.hear(news);
  }

  forget(): void {
    const { clock } = this.#host;
    signOut(this.#scope, this.#namespace, clock.now(), this.#platform);
    this.#erase();
  }

  close(): void {
    if (this.#status === "over") return;
    const isMemory = this.#status === "memory";
    this.#status = "over";
    this.#unhook();
    const leave = (): void => {
      this.#circle.sayBye();
      this.#letGo();
    };
    if (isMemory) return leave();
    // Only when everything is written may another tab take what is left.
    this.#facts.flush(() => {
      this.#windows.flush(() => {
        this.#outbox.close(leave);
      });
    });
  }

  #openCircle(): TabCircle<Op> {
    const { clock } = this.#host;
    return new TabCircle<Op>({
      tab: this.#namespace,
      clock,
      open: (onMessage) => this.#platform.openChannel(channelName(this.#scope), onMessage),
      facts: () => this.#facts,
      tell: (news) => {
        this.#tell(news);
      },
      goodbye: () => {
        this.#search.onGoodbye();
      },
      look: (tab, gone) => {
        this.#look(tab, gone);
      },
      wish: (id, is) => {
        if (this.#status !== "open") return;
        if (is === "wanted") this.#wishes.keep(id);
        else this.#wishes.drop([id]);
      },
      forgotten: (at) => {
        const isFresh = clock.now() - at < HEARING_MAX_MS;
        this.#tell({ t: "failed", reason: "signed-out" });
        // Later than that the data may be that of somebody who signed in again.
        if (isFresh) this.#erase();
        else this.#end();
      },
    });
  }

  /** What a tab left is adopted, or it left nothing. */
  #look(tab: string, gone: () => void): void {
    const { clock } = this.#host;
    if (this.#status === "memory") gone();
    if (this.#status !== "open") return;
    this.#records.keys(this.#keys.outbox(tab), (result) => {
      if ("value" in result && result.value.length > 0) this.#search.now();
      else clock.after(HEIR_LIMIT_MS, gone);
    });
  }

  #adopt(name: string, done: () => void): void {
    this.#outbox.adopt(name, (ops) => {
      this.#wishes.read((wishes) => {
        done();
        if (ops.length === 0 || this.#status === "over") return;
        const adopted = ops.map((op): Op => {
          const isUnwanted = wishes.has(op.id) || this.#circle.isUnwanted(op.id);
          return isUnwanted ? { ...op, isCancelled: true } : op;
        });
        for (const op of adopted) this.#ops.set(op.id, op);
        this.#tell({ t: "adopted", ops: adopted });
        // Shown as ours before it is no other tab's any more, so that it never vanishes.
        this.#circle.put(adopted.flatMap(({ id }) => this.#ops.get(id) ?? []));
      });
    });
  }

  /** Nothing is kept from here on. What this tab has ends with it, and the others know of it. */
  #fail(reason: MemoryReason): void {
    if (this.#status === "over") this.#end();
    if (this.#status !== "open") return;
    this.#status = "memory";
    this.#stopKeeping();
    // What is written stays ours while we live: the lock is kept, so that nobody sends it as well.
    this.#outbox.freeze();
    this.#records.close();
    this.#circle.put([...this.#ops.values()]);
    this.#tell({ t: "failed", reason });
  }

  #erase(): void {
    this.#end();
    eraseUser(this.#scope, this.#platform);
  }

  #end(): void {
    this.#status = "over";
    this.#unhook();
    this.#stopKeeping();
    this.#letGo();
  }

  #stopKeeping(): void {
    this.#search.stop();
    this.#facts.stop();
    this.#windows.stop();
    this.#wishes.stop();
  }

  #letGo(): void {
    this.#outbox.stop();
    this.#circle.leave();
    this.#records.close();
  }

  #unhook(): void {
    for (const stop of this.#stops) stop();
    this.#search.stop();
    this.#firstLook.end();
  }

  #tell(news: Parameters<StorageHost<Op>["tell"]>[0]): void {
    if (this.#status !== "over") this.#host.tell(news);
  }
}
