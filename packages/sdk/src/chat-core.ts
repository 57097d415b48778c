import type { WritableAtom } from "nanostores";
import type { Chat, ChatOptions } from "./chat.js";
import type { ChatEvents } from "./chat-events.js";
import { ChatListeners } from "./chat-listeners.js";
import type { ChatPlatform } from "./chat-platform.js";
import { ChatRooms } from "./chat-rooms.js";
import { ChatStorage } from "./chat-storage.js";
import { Connection, type ConnectionClient } from "./connection/connection.js";
import type { ConnectionState } from "./connection/connection-state.js";
import { connectionView } from "./connection/connection-view.js";
import { TokenSource } from "./connection/token-source.js";
import { createStore } from "./create-store.js";
import { Drafts } from "./drafts.js";
import { ChatError, errorFromCode } from "./errors.js";
import { opDraft, type Wish } from "./op-draft.js";
import { Outbox } from "./outbox/outbox.js";
import type { OutboxDraft } from "./outbox/outbox-entry.js";
import { createCalendar, type Calendar } from "./platform/calendar.js";
import { makeHexId, makeOpId } from "./platform/make-id.js";
import type { DownFrame, UpFrame } from "./protocol/frames.js";
import type { StatedLimits, WelcomeFrame } from "./protocol/handshake.js";
import type { Cursor } from "./protocol/ids.js";
import type { Me } from "./protocol/model.js";
import type { ReadPosition } from "./protocol/reading.js";
import { ROOM_ID_PATTERN } from "./protocol/room-id.js";
import { Readings } from "./reading/readings.js";
import type { Room } from "./room.js";
import type { RoomClient } from "./room-client.js";
import type { RoomSummary } from "./rooms/room-summary.js";
import type { TotalUnread } from "./rooms/room-list.js";
import { serverAddress } from "./server-address.js";
import { ServerFacts } from "./server-facts.js";
import type { StorageState } from "./storage-state.js";
import { Subscriptions } from "./subscriptions.js";
import type { Viewer } from "./timeline/timeline-line.js";
import { Turns } from "./turns.js";

/** The composition root: one connection, one outbox, and the rooms that share them. */
export class ChatCore implements Chat, RoomClient, ConnectionClient {
  readonly platform: ChatPlatform;
  readonly baseUrl: string;
  readonly dayOf: Calendar;
  readonly turns: Turns;
  readonly tokens: TokenSource;
  readonly outbox: Outbox;
  readonly readings: Readings;
  readonly $connection: WritableAtom<ConnectionState>;
  readonly $me: WritableAtom<Me | undefined>;
  readonly $limits: WritableAtom<StatedLimits>;
  readonly $rooms: WritableAtom<readonly RoomSummary[]>;
  readonly $unread: WritableAtom<TotalUnread>;
  readonly $storage: WritableAtom<StorageState>;
  readonly #connection: Connection;
  readonly rooms: ChatRooms;
  readonly facts: ServerFacts;
  readonly drafts: Drafts;
  readonly storage: ChatStorage;
  readonly #listeners: ChatListeners;
  readonly #subscriptions: Subscriptions;
  /** What `$connection` was made from. */
  #shown: Connection["state"] | undefined;

  /** Throws `invalid` for a wrong address or time zone. */
  constructor(options: ChatOptions, platform: ChatPlatform) {
    const { clock, random, report } = platform;
    const address = serverAddress(options.url);
    this.platform = platform;
    this.baseUrl = address.http;
    this.dayOf = calendarOf(options.timeZone);
    this.#subscriptions = new Subscriptions(this, makeHexId(16, random));
    this.$connection = createStore<ConnectionState>({ status: "idle" }, report);
    this.$me = createStore<Me | undefined>(undefined, report);
    this.turns = new Turns(() => {
      this.#publish();
    }, report);
    this.facts = new ServerFacts(clock);
    this.$limits = createStore(this.facts.limits, report);
    this.#listeners = new ChatListeners(this.turns);
    this.tokens = new TokenSource(options.token, clock, this.turns);
    this.storage = new ChatStorage(this, options.user);
    this.$storage = this.storage.$storage;
    this.drafts = new Drafts(this);
    this.outbox = new Outbox(this, this.storage);
    this.readings = new Readings(this);
    this.rooms = new ChatRooms(this, report);
    this.$rooms = this.rooms.list.$rooms;
    this.$unread = this.rooms.list.$unread;
    this.#connection = new Connection(address, this);
  }

  get viewer(): Viewer {
    return this.facts.viewer;
  }

  get freshRef(): number {
    return this.#subscriptions.lastRef + 1;
  }

  room(id: string): Room {
    if (!ROOM_ID_PATTERN.test(id)) throw errorFromCode("invalid", "use this room id");
    return this.rooms.get(id);
  }

  connect(): void {
    this.turns.run(() => {
      this.storage.want();
      this.#connection.handle({ t: "connect" });
    });
  }

  on<Name extends keyof ChatEvents>(
    name: Name,
    listener: (event: ChatEvents[Name]) => void,
  ): () => void {
    return this.#listeners.on(name, listener);
  }

  close(): void {
    this.turns.run(() => {
      this.#connection.handle({ t: "close" });
    });
  }

  signOut(): void {
    this.turns.run(() => {
      this.storage.forget();
      this.#connection.handle({ t: "close" });
    });
  }

  signedOut(): void {
    const error = new ChatError("closed", "unable to continue; the user signed out elsewhere");
    this.#connection.handle({ t: "close", error });
  }

  assertUsable(operation: string): void {
    const { state } = this.#connection;
    if (state.status === "closed") {
      throw errorFromCode("closed", operation, { cause: state.error });
    }
  }

  draft(room: string, wish: Wish): OutboxDraft {
    const { clock, random } = this.platform;
    const since = clock.now();
    const id = makeOpId(since, random);
    const at = this.facts.serverTime(since);
    return opDraft(wish, { id, room, since, at }, this.facts.limits);
  }

  wanted(): void {
    this.storage.want();
    this.#connection.tick();
    this.#connection.handle({ t: "want" });
    if (this.#connection.state.status === "live") this.rooms.subscribe();
  }

  subscribe(room: string, ref: number, cur: Cursor | undefined): void {
    this.#subscriptions.subscribe(room, ref, cur);
  }

  unsubscribe(room: string): void {
    this.send({ t: "unsub", room });
  }

  send(frame: UpFrame): void {
    this.#connection.send(JSON.stringify(frame));
  }

  emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void {
    this.#listeners.emit(name, event);
  }

  keepReadSlot(room: string, position: ReadPosition | undefined): void {
    this.storage.do((storage) => {
      storage.keepPosition(room, position);
    });
  }

  changed(room: string): void {
    this.rooms.changed([room]);
  }

  transmit(frames: readonly string[], company: "shared" | "alone"): void {
    if (company === "alone") this.#connection.flush();
    this.#connection.send(...frames);
    if (company === "alone") this.#connection.flush();
  }

  greeting(token: string): string {
    this.readings.handleAll({ t: "greeting" });
    return this.#subscriptions.greeting(token);
  }

  /** The line is live: the rest of the rooms, then the outbox from its first unanswered op. [O6] */
  onWelcome(welcome: WelcomeFrame): void {
    const { me } = welcome;
    if (!this.#meet(welcome)) return;
    this.storage.open(me.id);
    this.storage.do((storage) => {
      storage.keepMe(me);
    });
    this.rooms.changed();
    this.rooms.subscribe();
    this.outbox.handle({ t: "connected", windowMaxOps: welcome.limits.windowMaxOps });
    this.readings.handleAll({ t: "connected" });
  }

  onFrame(frame: DownFrame): void {
    if (frame.t === "authreq") this.#expect(frame.exp);
    // Without a socket, each answer greets anew.
    else if (frame.t === "welcome") this.#meet(frame);
    else if (frame.t === "error" && frame.code === "unauthenticated") {
      this.tokens.refused("refused");
      this.onAuthError(errorFromCode(frame.code, "renew the token"), false);
    } else this.rooms.read(frame);
  }

  onAuthError(error: ChatError, isFinal: boolean): void {
    this.emit("auth-error", { error, isFinal });
  }

  onOversized(): void {
    this.outbox.handle({ t: "oversized" });
  }

  onDown(): void {
    this.rooms.handleAll({ t: "disconnected" });
    this.outbox.handle({ t: "disconnected" });
    this.readings.handleAll({ t: "disconnected" });
  }

  onTick(): void {
    this.rooms.handleAll({ t: "tick" });
  }

  onClosed(reason: ChatError | undefined): void {
    const error = reason ?? errorFromCode("closed", "continue");
    this.rooms.end(error);
    this.outbox.abandon(error);
    this.readings.end();
    this.storage.close(() => {
      this.tokens.close();
    });
    // What ended it is still told, unless the application ended it itself.
    if (!reason) this.#listeners.clear();
    this.turns.afterwards(() => {
      this.#listeners.clear();
    });
  }

  /** Believes a `welcome`, unless it is for somebody else; tells whether it is ours. */
  #meet(welcome: WelcomeFrame): boolean {
    const { me } = welcome;
    const known = this.facts.me?.id ?? this.storage.user ?? me.id;
    if (known !== me.id) {
      // What waits in the outbox was said by somebody else: it must not go out under this name.
      const error = errorFromCode("forbidden", "continue as another user");
      this.onAuthError(error, true);
      this.#connection.handle({ t: "close", error });
      return false;
    }
    this.facts.learn(welcome);
    this.#expect(welcome.tokenExp, welcome.now);
    return true;
  }

  /** The token is good until then, by the server's clock; `now` as it tells it. */
  #expect(expiresAt: number, now = this.facts.serverTime(this.platform.clock.now())): void {
    this.tokens.expiresAt(this.platform.clock.monotonic() + expiresAt - now);
  }

  /** Ends a turn: what was said goes out, and every store changes once. */
  #publish(): void {
    const { state } = this.#connection;
    this.#connection.flush();
    if (this.#shown !== state) {
      const { clock } = this.platform;
      const offsetMs = clock.now() - clock.monotonic();
      this.$connection.set(connectionView(state, offsetMs));
    }
    this.#shown = state;
    this.$me.set(this.facts.me);
    this.$limits.set(this.facts.limits);
    this.rooms.publish();
  }
}

function calendarOf(timeZone: string | undefined): Calendar {
  try {
    return createCalendar(timeZone);
  } catch (cause) {
    throw errorFromCode("invalid", "use this time zone", { cause });
  }
}
