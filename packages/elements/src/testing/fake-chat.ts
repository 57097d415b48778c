import {
  ChatError,
  type Chat,
  type ConnectionState,
  type Me,
  type Operation,
  type OperationStatus,
  type Person,
  type RoomState,
  type StatedLimits,
  type TimelineItem,
  type TimelineMessage,
} from "@confab/sdk";
import { clock } from "../platform/clock.js";
import { FakeStore } from "./fake-store.js";
import { pendingMessage } from "./message-fixture.js";

const LIVE_STATE: RoomState = {
  status: "live",
  info: { id: "lobby", kind: "public", name: "Lobby" },
  capabilities: ["msg.read", "msg.send", "msg.react", "msg.edit.own", "msg.delete.own"],
  hasOlder: false,
  older: "idle",
  unread: 0,
  mentions: 0,
};

const STATED_LIMITS: StatedLimits = {
  bodyMaxCodePoints: 4_000,
  bodyMaxBytes: 16_384,
  messageMaxBytes: 65_536,
  windowMaxOps: 32,
  roomsMaxCount: 200,
  mentionsMaxCount: 20,
  editWindowMs: 900_000,
};

/** A room that does what a test says and remembers what it was asked. */
export class FakeRoom {
  readonly id: string;
  readonly $state: FakeStore<RoomState>;
  readonly $timeline = new FakeStore<readonly TimelineItem[]>([]);
  readonly $draft = new FakeStore("");
  readonly $typing = new FakeStore<readonly Person[]>([]);
  readonly calls: string[] = [];
  /** What was marked as read. */
  readonly reads: number[] = [];
  openCount = 0;
  typingCount = 0;
  /** Thrown by the next `send`. */
  refusal: ChatError | undefined;
  /** How the next discarding ends, which else is in time at once. */
  ending: FakeStore<OperationStatus> | undefined;
  /** What the next change of a message fails with, later. */
  failure: ChatError | undefined;

  constructor(id: string) {
    this.id = id;
    this.$state = new FakeStore<RoomState>({
      ...LIVE_STATE,
      info: { id, kind: "public", name: id.charAt(0).toUpperCase() + id.slice(1) },
    });
  }

  open(): void {
    this.openCount += 1;
  }

  close(): void {
    this.openCount -= 1;
  }

  send(body: string): Operation {
    if (this.refusal) throw this.refusal;
    this.calls.push(`send ${body}`);
    const key = `own-${this.calls.length}`;
    this.$timeline.set([...this.$timeline.get(), pendingMessage(key, body, clock.now())]);
    return operation(key);
  }

  setDraft(text: string): void {
    if (text !== this.$draft.get()) this.$draft.set(text);
  }

  edit(id: string, body: string): Operation {
    this.calls.push(`edit ${id} ${body}`);
    return this.#asked(id);
  }

  delete(id: string): Operation {
    this.calls.push(`delete ${id}`);
    return this.#asked(id);
  }

  react(id: string, emoji: string): Operation {
    this.calls.push(`react ${id} ${emoji}`);
    return this.#asked(id);
  }

  unreact(id: string, emoji: string): Operation {
    this.calls.push(`unreact ${id} ${emoji}`);
    return this.#asked(id);
  }

  typing(): void {
    this.typingCount += 1;
  }

  markRead(seq: number): void {
    this.reads.push(seq);
  }

  retry(id: string): Operation {
    this.calls.push(`retry ${id}`);
    return operation(id);
  }

  discard(id: string): Operation {
    this.calls.push(`discard ${id}`);
    if (this.ending) return operation(id, this.ending);
    this.$timeline.set(this.$timeline.get().filter((item) => item.key !== id));
    const error = new ChatError("cancelled", "unable to send; cancelled");
    return operation(id, new FakeStore<OperationStatus>({ status: "failed", error }));
  }

  loadOlder(): Promise<void> {
    this.calls.push("loadOlder");
    return Promise.resolve();
  }

  #asked(id: string): Operation {
    return this.failure
      ? { ...operation(id), settled: Promise.reject(this.failure) }
      : operation(id);
  }

  /** Changes the state in some of its fields. */
  state(change: Partial<RoomState>): void {
    this.$state.set({ ...this.$state.get(), ...change });
  }

  /** Lets messages arrive at the end. */
  arrive(...items: TimelineItem[]): void {
    this.$timeline.set([...this.$timeline.get(), ...items]);
  }

  /** Gives the own message with this key another delivery. */
  settle(key: string, change: Partial<TimelineMessage>): void {
    this.$timeline.set(
      this.$timeline
        .get()
        .map((item) =>
          item.kind === "message" && item.key === key ? { ...item, ...change } : item,
        ),
    );
  }
}

/** A client that does what a test says. */
export class FakeChat {
  readonly $connection = new FakeStore<ConnectionState>({ status: "live", via: "socket" });
  readonly $me = new FakeStore<Me | undefined>({ id: "me", name: "Bo Kim", kind: "user" });
  readonly $limits = new FakeStore({ ...STATED_LIMITS });
  readonly calls: string[] = [];
  readonly #rooms = new Map<string, FakeRoom>();

  room(id: string): FakeRoom {
    if (!/^[a-z0-9][a-z0-9._-]{0,63}$/u.test(id)) {
      throw new ChatError("invalid", "unable to open the room; its id is not valid");
    }
    const room = this.#rooms.get(id) ?? new FakeRoom(id);
    this.#rooms.set(id, room);
    return room;
  }

  connect(): void {
    this.calls.push("connect");
  }

  on(): () => void {
    return () => undefined;
  }

  close(): void {
    this.calls.push("close");
  }

  /** How many listeners all stores together have. */
  get listenerCount(): number {
    const rooms = [...this.#rooms.values()];
    const stores = [
      ...rooms.flatMap((room) => [room.$state, room.$timeline, room.$draft, room.$typing]),
      this.$me,
      this.$limits,
    ];
    return stores.reduce((sum, store) => sum + store.listenerCount, this.$connection.listenerCount);
  }

  /** The same as the SDK's own type, whose stores can more than any element uses. */
  asChat(): Chat {
    return this as unknown as Chat;
  }
}

function operation(
  id: string,
  $status = new FakeStore<OperationStatus>({ status: "pending" }),
): Operation {
  return {
    id,
    $status: $status as unknown as Operation["$status"],
    settled: new Promise(() => undefined),
  };
}
