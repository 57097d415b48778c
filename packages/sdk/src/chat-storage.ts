import type { WritableAtom } from "nanostores";
import { createStore } from "./create-store.js";
import { MirroredOps } from "./mirrored-ops.js";
import type { KeptEntry } from "./outbox/kept-entry.js";
import type { OutboxEntry } from "./outbox/outbox-entry.js";
import type { OutboxJournal } from "./outbox/outbox-journal.js";
import type { RoomFrame } from "./protocol/reading.js";
import type { RoomStorage } from "./room-client.js";
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
import type { StorageClient } from "./storage-client.js";
import type { StorageState } from "./storage-state.js";
import type { LogNews } from "./tabs/tabs-step.js";

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
  /** Something is to be kept or forgotten even if the client is closed before we know whose. */
  #isOwed = false;
  /** The user is to be forgotten also where nothing can be kept. */
  #isForgetting = false;
  #whenDone: () => void = () => undefined;
  readonly #mirrored = new MirroredOps();
  /** Whose data is looked at; undefined while that is not known. */
  user: string | undefined;

  constructor(client: StorageClient, user: string | undefined) {
    const { loadStorage, report } = client.platform;
    this.#client = client;
    this.user = user;
    const status = loadStorage ? "opening" : "memory";
    this.$storage = createStore<StorageState>({ status }, report);
  }

  /** Something is to be shown, sent or forgotten: finds out whose, and opens their storage. */
  want(): void {
    const { platform, turns } = this.#client;
    if (this.#isLoading) return;
    this.#isLoading = true;
    platform.loadStorage?.((module) => {
      turns.run(() => {
        this.#module = module;
        if (!module) this.#fail("unavailable");
        else this.#identify(module);
        if (!module) this.#whenDone();
      });
    });
  }

  /** It is known who the user is, unless this says nothing either. */
  open(user: string | undefined): void {
    this.user ??= user;
    if (this.user === undefined || this.#storage || !this.#module) return;
    if (this.#isMemory && !this.#isForgetting) return;
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
    this.#isOwed = true;
    this.#ask(done, (storage, answer) => {
      storage.put(entries, answer);
    });
  }

  acked(id: string, seq: number): void {
    this.do((storage) => {
      storage.acked(id, seq);
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

  /** What our logs say of the ops of other tabs. */
  hear(news: LogNews): void {
    this.#storage?.hear(news);
  }

  keepDraft(place: string, text: string): void {
    this.do((storage) => {
      storage.keepDraft(place, text);
    });
  }

  mirroredOf(room: string): readonly OutboxEntry[] {
    return this.#mirrored.of(room);
  }

  /** Forgets the user in this browser, in all tabs; whether or not anything is open. */
  forget(): void {
    const task: Task = (storage) => {
      storage.forget();
    };
    this.#isForgetting = true;
    this.#isOwed = true;
    if (this.#storage) task(this.#storage);
    else this.#tasks.push(task);
    // What could not be had before may be had now.
    if (this.#isMemory) this.#isLoading = false;
    this.want();
  }

  /**
   * Nothing is kept any more; what is on its way still is. `done` is called when no token is needed
   * for that any more.
   */
  close(done: () => void): void {
    this.do((storage) => {
      storage.close();
    });
    this.#isClosed = true;
    this.#whenDone = done;
    const isDone = this.#storage !== undefined || this.user !== undefined || !this.#isOwed;
    if (isDone || (this.#isMemory && !this.#isForgetting)) done();
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
    this.do((storage) => {
      task(storage, answer);
    });
    if (this.#isMemory) answer();
  }

  /** Whose data it is: as was said, or as the token says. */
  #identify(module: StorageModule): void {
    if (this.user !== undefined) this.open(this.user);
    else if (!this.#isClosed || this.#isOwed) {
      this.#client.tokens.request((outcome) => {
        if ("token" in outcome) this.open(module.userOfToken(outcome.token));
        if (this.#isClosed) this.#whenDone();
      });
    }
  }

  #fail(reason: MemoryReason): void {
    this.$storage.set({ status: "memory", reason });
    this.#client.outbox.handle({ t: "detached" });
    if (!this.#storage && !this.#isForgetting) this.#tasks = [];
    for (const answer of this.#owed) answer();
  }

  #hear(news: StorageNews<KeptEntry>): void {
    const { readings, drafts, rooms } = this.#client;
    switch (news.t) {
      case "opened":
        this.$storage.set({ status: "persistent" });
        this.#restore(news.facts);
        return;
      case "adopted":
        this.#adopt(news.ops);
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
        if (news.reason === "signed-out") this.#client.signedOut();
        this.#fail(news.reason);
        return;
    }
  }

  #adopt(entries: readonly KeptEntry[]): void {
    const { outbox } = this.#client;
    outbox.handle({ t: "adopted", entries });
    // What was refused and then given up in another tab is given up; what was not sent is fenced.
    for (const { id, code, isCancelled } of entries) {
      if (code && isCancelled) outbox.handle({ t: "discard", id });
    }
    this.#client.wanted();
  }

  #restore({ me, rooms: frames, positions, drafts: texts }: UserFacts): void {
    const { facts, rooms, readings, drafts } = this.#client;
    if (me && !facts.me) facts.meet(me);
    for (const frame of frames) rooms.recall(frame);
    for (const [room, position] of positions) {
      readings.handle(room, { t: "restored", position });
    }
    for (const [place, text] of texts) drafts.of(place).set(text);
    rooms.changed();
  }

  #mirror(ops: readonly MirroredOp<KeptEntry>[]): void {
    const { rooms } = this.#client;
    const changed = this.#mirrored.replace(ops);
    rooms.changed(changed);
    for (const room of changed) {
      // Our cursor may be there already, or never come there in a room that nobody follows here.
      if (rooms.isFollowed(room)) rooms.get(room).settleOverlay();
      else this.hear({ t: "unwatched", room });
    }
  }
}
