import type { WritableAtom } from "nanostores";
import type { ChatPlatform } from "./chat-platform.js";
import type { ChatRooms } from "./chat-rooms.js";
import type { TokenSource } from "./connection/token-source.js";
import { createStore } from "./create-store.js";
import type { Drafts } from "./drafts.js";
import { entryOfKept, type KeptEntry } from "./outbox/kept-entry.js";
import type { Outbox } from "./outbox/outbox.js";
import type { OutboxEntry } from "./outbox/outbox-entry.js";
import type { OutboxJournal } from "./outbox/outbox-journal.js";
import type { RoomFrame } from "./protocol/reading.js";
import type { Readings } from "./reading/readings.js";
import type { RoomStorage } from "./room-client.js";
import type { ServerFacts } from "./server-facts.js";
import type {
  MemoryReason,
  MirroredOp,
  RoomWindow,
  StorageModule,
  StorageNews,
  TabRequest,
  UserFacts,
  UserStorage,
} from "./storage/user-storage.js";
import type { StorageState } from "./storage-state.js";
import type { Turns } from "./turns.js";

/** The client around a storage: what is kept of it, and what hears of what was kept. */
export interface StorageClient {
  readonly platform: ChatPlatform;
  readonly baseUrl: string;
  readonly turns: Turns;
  readonly tokens: TokenSource;
  readonly outbox: Outbox;
  readonly readings: Readings;
  readonly drafts: Drafts;
  readonly facts: ServerFacts;
  readonly rooms: ChatRooms;
  /** Something is to be said or heard: there should be a line. */
  wanted(): void;
}

type Task = (storage: UserStorage<KeptEntry>) => void;

/**
 * What the client keeps in this browser, wired to the rest of it. Until it is known whose it is and
 * whether there is a storage, whatever is asked waits; without one, everything counts as kept. [B1]
 */
export class ChatStorage implements OutboxJournal, RoomStorage {
  readonly #client: StorageClient;
  readonly $storage: WritableAtom<StorageState>;
  /** What waits for the storage to be there. */
  #tasks: Task[] = [];
  /** Answers somebody waits for: the storage gives them or, when it fails, we do. */
  readonly #owed = new Set<() => void>();
  #module: StorageModule | undefined;
  #storage: UserStorage<KeptEntry> | undefined;
  #isLoading = false;
  #isClosed = false;
  /** Ops of other tabs, as the timeline shows them. */
  #mirrored: readonly OutboxEntry[] = [];
  /** The same op is the same entry, so that what shows it need not be made anew. */
  readonly #shown = new WeakMap<MirroredOp<KeptEntry>, OutboxEntry>();
  /** Whose data is looked at; undefined while that is not known. */
  user: string | undefined;

  constructor(client: StorageClient, user: string | undefined) {
    const { loadStorage, report } = client.platform;
    this.#client = client;
    this.user = user;
    const status = loadStorage ? "opening" : "memory";
    this.$storage = createStore<StorageState>({ status }, report);
  }

  /** Something is to be shown or sent: finds out whose, and opens their storage. */
  want(): void {
    const { platform, turns, tokens } = this.#client;
    if (this.#isLoading) return;
    this.#isLoading = true;
    platform.loadStorage?.((module) => {
      turns.run(() => {
        this.#module = module;
        if (!module) this.#fail("unavailable");
        else if (this.user !== undefined) this.open(this.user);
        else if (!this.#isClosed) {
          tokens.request((outcome) => {
            if ("token" in outcome) this.open(module.userOfToken(outcome.token));
          });
        }
      });
    });
  }

  /** It is known who the user is, unless this says nothing either. */
  open(user: string | undefined): void {
    this.user ??= user;
    if (this.user === undefined || this.#storage || this.#isMemory || !this.#module) return;
    const { platform, baseUrl, turns, facts } = this.#client;
    const { clock, random } = platform;
    facts.presume(this.user);
    const scope = { server: baseUrl, user: this.user };
    const tell = (news: StorageNews<KeptEntry>): void => {
      turns.run(() => {
        if (!this.#isClosed) this.#hear(news);
      });
    };
    const storage = this.#module.openUserStorage(scope, { clock, random, tell });
    this.#storage = storage;
    for (const task of this.#tasks.splice(0)) task(storage);
  }

  /** Does this with the storage once there is one; never, if there will be none. */
  do(task: Task): void {
    if (this.#storage) task(this.#storage);
    else if (!this.#isMemory) this.#tasks.push(task);
  }

  put(entries: readonly KeptEntry[], done: () => void): void {
    this.#ask(done, (storage, answer) => {
      storage.put(entries, answer);
    });
  }

  remove(ids: readonly string[], seqs: ReadonlyMap<string, number>): void {
    this.do((storage) => {
      storage.remove(ids, seqs);
    });
  }

  readWindow(room: string, done: (window: RoomWindow | undefined) => void): void {
    let found: RoomWindow | undefined;
    const { turns } = this.#client;
    this.#ask(
      () => {
        done(found);
      },
      (storage, answer) => {
        storage.readWindow(room, (window) => {
          found = window;
          turns.run(answer);
        });
      },
    );
  }

  keepRooms(rooms: readonly RoomFrame[]): void {
    this.#storage?.keepRooms(rooms);
  }

  keepWindow(room: string, window: RoomWindow | undefined): void {
    this.#storage?.keepWindow(room, window);
  }

  ask(request: TabRequest): void {
    this.#storage?.ask(request);
  }

  keepDraft(place: string, text: string): void {
    this.do((storage) => {
      storage.keepDraft(place, text);
    });
  }

  mirroredOf(room: string): readonly OutboxEntry[] {
    return this.#mirrored.filter((entry) => entry.room === room);
  }

  /** Forgets the user in this browser, in all tabs. */
  forget(): void {
    this.do((storage) => {
      storage.forget();
    });
  }

  /** Nothing is kept any more; what is on its way still is. */
  close(): void {
    this.do((storage) => {
      storage.close();
    });
    this.#isClosed = true;
  }

  get #isMemory(): boolean {
    return this.$storage.get().status === "memory";
  }

  #ask(
    done: () => void,
    task: (storage: UserStorage<KeptEntry>, answer: () => void) => void,
  ): void {
    const answer = (): void => {
      if (this.#owed.delete(answer)) done();
    };
    this.#owed.add(answer);
    if (this.#isMemory) answer();
    else {
      this.do((storage) => {
        task(storage, answer);
      });
    }
  }

  #fail(reason: MemoryReason): void {
    this.$storage.set({ status: "memory", reason });
    this.#storage = undefined;
    this.#tasks = [];
    this.#mirror([]);
    for (const answer of this.#owed) answer();
  }

  #hear(news: StorageNews<KeptEntry>): void {
    const { outbox, readings, drafts, rooms } = this.#client;
    switch (news.t) {
      case "opened":
        this.$storage.set({ status: "persistent" });
        this.#restore(news.facts);
        return;
      case "adopted":
        outbox.handle({ t: "adopted", entries: news.ops });
        this.#client.wanted();
        return;
      case "mirrored":
        this.#mirror(news.ops);
        return;
      case "position":
        readings.handle(news.room, { t: "mirrored", position: news.position });
        return;
      case "draft":
        drafts.of(news.place).set(news.text);
        return;
      case "asked":
        rooms.get(news.request.room).discard(news.request.id);
        return;
      case "failed":
        this.#fail(news.reason);
        return;
    }
  }

  #restore({ me, rooms: frames, positions, drafts: texts }: UserFacts): void {
    const { facts, rooms, readings, drafts } = this.#client;
    if (me && !facts.me) facts.meet(me);
    for (const frame of frames) if (!rooms.list.has(frame.room)) rooms.read(frame);
    for (const [room, position] of positions) {
      readings.handle(room, { t: "restored", position });
    }
    for (const [place, text] of texts) drafts.of(place).set(text);
    rooms.changed();
  }

  #mirror(ops: readonly MirroredOp<KeptEntry>[]): void {
    const before = this.#mirrored;
    this.#mirrored = ops.flatMap((mirrored) => {
      const entry = this.#shown.get(mirrored) ?? mirroredEntry(mirrored);
      if (entry) this.#shown.set(mirrored, entry);
      return entry ?? [];
    });
    this.#client.rooms.changed([...before, ...this.#mirrored].map(({ room }) => room));
  }
}

/** An op of another tab as the timeline shows it; nothing when it cannot be read. */
function mirroredEntry({ op, seq }: MirroredOp<KeptEntry>): OutboxEntry | undefined {
  const entry = entryOfKept(op);
  const acked = seq !== undefined && { progress: { status: "acked", seq, at: op.at } as const };
  return entry && { ...entry, ...acked, tab: "other" };
}
