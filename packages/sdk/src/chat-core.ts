import { atom, type ReadableAtom } from "nanostores";
import type { Chat, ChatEvents, ChatOptions } from "./chat.js";
import { ChatListeners } from "./chat-listeners.js";
import type { ChatPlatform } from "./chat-platform.js";
import { ChatRooms } from "./chat-rooms.js";
import { Connection } from "./connection/connection.js";
import type { ConnectionState } from "./connection/connection-state.js";
import { connectionView } from "./connection/connection-view.js";
import { Hello } from "./connection/hello.js";
import { TokenSource } from "./connection/token-source.js";
import { ChatError } from "./errors.js";
import { historyClient } from "./history-client.js";
import { messageDraft, UNSTATED_LIMITS } from "./message-draft.js";
import { Outbox } from "./outbox/outbox.js";
import type { OutboxDraft } from "./outbox/outbox-entry.js";
import { createCalendar, type Calendar } from "./platform/calendar.js";
import { makeHexId, makeOpId } from "./platform/make-id.js";
import type { DownFrame, UpFrame } from "./protocol/frames.js";
import type { StatedLimits, WelcomeFrame } from "./protocol/handshake.js";
import type { Format, Me } from "./protocol/model.js";
import { ROOM_ID_PATTERN } from "./protocol/room-id.js";
import type { Room } from "./room.js";
import { serverAddress, type ServerAddress } from "./server-address.js";
import { setSafely } from "./set-safely.js";
import type { Viewer } from "./timeline/timeline-line.js";
import { Turns } from "./turns.js";

/** Who we are until the server has said it. */
const UNKNOWN_VIEWER: Viewer = { id: "", author: { name: "…", kind: "user" } };

/** The composition root: one connection, one outbox, and the rooms that share them. */
export class ChatCore implements Chat {
  readonly #platform: ChatPlatform;
  readonly #turns: Turns;
  readonly #listeners: ChatListeners;
  readonly #tokens: TokenSource;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #rooms: ChatRooms;
  /** Random id of this client instance. */
  readonly #client: string;
  readonly #connectionStore = atom<ConnectionState>({ status: "idle" });
  readonly #meStore = atom<Me | undefined>(undefined);
  #me: Me | undefined;
  #limits: StatedLimits = UNSTATED_LIMITS;
  /** Server's clock minus ours, in milliseconds. */
  #clockOffsetMs = 0;

  /** Throws `invalid` for a wrong address or time zone. */
  constructor(options: ChatOptions, platform: ChatPlatform) {
    const address = serverAddress(options.url);
    const dayOf = calendarOf(options.timeZone);
    this.#platform = platform;
    this.#client = makeHexId(16, platform.random);
    this.#listeners = new ChatListeners(platform.report);
    this.#tokens = new TokenSource(options.token, platform.clock);
    this.#turns = new Turns(() => {
      this.#publish();
    }, platform.report);
    this.#outbox = this.#makeOutbox();
    this.#rooms = this.#makeRooms(address, dayOf);
    this.#connection = this.#makeConnection(address);
  }

  get $connection(): ReadableAtom<ConnectionState> {
    return this.#connectionStore;
  }

  get $me(): ReadableAtom<Me | undefined> {
    return this.#meStore;
  }

  room(id: string): Room {
    if (typeof id !== "string" || !ROOM_ID_PATTERN.test(id)) {
      throw new ChatError("invalid", "unable to name the room; its id is not a room id");
    }
    return this.#rooms.get(id);
  }

  connect(): void {
    this.#turns.run(() => {
      this.#connection.handle({ type: "connect" });
    });
  }

  on<Name extends keyof ChatEvents>(
    name: Name,
    listener: (event: ChatEvents[Name]) => void,
  ): () => void {
    return this.#listeners.add(name, listener);
  }

  close(): void {
    this.#turns.run(() => {
      this.#connection.handle({ type: "close" });
    });
  }

  #makeOutbox(): Outbox {
    return new Outbox({
      transmit: (frames, company) => {
        this.#connection.send(frames, company);
      },
      changed: (room) => {
        this.#rooms.changed(room);
      },
      afterwards: (call) => {
        this.#turns.afterwards(call);
      },
      report: this.#platform.report,
    });
  }

  #makeRooms(address: ServerAddress, dayOf: Calendar): ChatRooms {
    const { clock, http, report } = this.#platform;
    return new ChatRooms({
      turns: this.#turns,
      clock,
      outbox: this.#outbox,
      dayOf,
      report,
      fetchPage: historyClient(address.http, http, this.#tokens),
      viewer: () => this.#viewer(),
      assertUsable: (operation) => {
        this.#assertUsable(operation);
      },
      draft: (room, body, format) => this.#draft(room, body, format),
      discontinuity: (room, why) => {
        this.#turns.afterwards(() => {
          this.#listeners.emit("discontinuity", { room, why });
        });
      },
      send: (frame) => {
        this.#connection.send([encode(frame)]);
      },
      isLive: () => this.#connection.state.status === "live",
      wanted: () => {
        this.#connection.tick();
        this.#connection.handle({ type: "want" });
      },
    });
  }

  #makeConnection(address: ServerAddress): Connection {
    return new Connection({
      ...this.#platform,
      url: address.socket,
      tokens: this.#tokens,
      turns: this.#turns,
      greeting: (token) => {
        const hello = new Hello(token, this.#client);
        this.#rooms.greet(hello);
        return hello.encode();
      },
      onWelcome: (welcome) => {
        this.#welcomed(welcome);
      },
      onFrame: (frame: DownFrame) => {
        this.#rooms.read(frame);
      },
      onOversized: () => {
        this.#outbox.handle({ type: "oversized" });
      },
      onDown: () => {
        this.#rooms.disconnected();
        this.#outbox.handle({ type: "disconnected" });
      },
      onTick: () => {
        this.#rooms.tick();
      },
      onClosed: (error) => {
        this.#ended(error);
      },
    });
  }

  /**
   * The line is live: the rooms that did not fit into `hello`, then the outbox from its first
   * unanswered op. [O6]
   */
  #welcomed(welcome: WelcomeFrame): void {
    const { me, limits, now } = welcome;
    if (this.#me !== undefined && this.#me.id !== me.id) {
      // What waits in the outbox was said by somebody else: it must not go out under this name.
      const reason = "the token now names another user";
      const error = new ChatError("forbidden", `unable to stay connected; ${reason}`);
      this.#connection.handle({ type: "close", error });
      return;
    }
    this.#me = me;
    this.#limits = limits;
    this.#clockOffsetMs = now - this.#platform.clock.now();
    this.#rooms.allChanged();
    this.#rooms.catchUp();
    this.#outbox.handle({ type: "connected", windowMaxOps: limits.windowMaxOps });
  }

  #ended(error: ChatError | undefined): void {
    const reason = error ?? new ChatError("closed", "unable to continue; the client was closed");
    this.#tokens.close();
    this.#rooms.end(reason);
    this.#turns.afterwards(() => {
      this.#outbox.abandon(reason);
      this.#listeners.clear();
    });
  }

  #viewer(): Viewer {
    if (this.#me === undefined) return UNKNOWN_VIEWER;
    const { id, ...author } = this.#me;
    return { id, author };
  }

  #draft(room: string, body: string, format: Format): OutboxDraft {
    const { clock, random } = this.#platform;
    const since = clock.now();
    const id = makeOpId(since, random);
    const at = since + this.#clockOffsetMs;
    return messageDraft({ id, room, body, format, since, at }, this.#limits);
  }

  #assertUsable(operation: string): void {
    const { state } = this.#connection;
    if (state.status !== "closed") return;
    const cause = state.error === undefined ? {} : { cause: state.error };
    throw new ChatError("closed", `unable to ${operation}; the client was closed`, cause);
  }

  /** Ends a turn: what was said goes out, and every store changes once. */
  #publish(): void {
    const { clock, report } = this.#platform;
    this.#connection.flush();
    const toWallTime = (monotonic: number): number => clock.now() + monotonic - clock.monotonic();
    const previous = this.#connectionStore.get();
    const state = connectionView(this.#connection.state, toWallTime, previous);
    setSafely(this.#connectionStore, state, report);
    setSafely(this.#meStore, this.#me, report);
    this.#rooms.publish();
  }
}

function calendarOf(timeZone: string | undefined): Calendar {
  try {
    return createCalendar(timeZone);
  } catch (cause) {
    const reason = "there is no such time zone";
    throw new ChatError("invalid", `unable to create the chat; ${reason}`, { cause });
  }
}

function encode(frame: UpFrame): string {
  return JSON.stringify(frame);
}
