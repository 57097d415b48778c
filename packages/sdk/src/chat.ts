import type { ReadableAtom } from "nanostores";
import type { ChatEvents } from "./chat-events.js";
import type { ConnectionState } from "./connection/connection-state.js";
import type { TokenProvider } from "./connection/token-source.js";
import type { StatedLimits } from "./protocol/handshake.js";
import type { Me } from "./protocol/model.js";
import type { Room } from "./room.js";
import type { TotalUnread } from "./rooms/room-list.js";
import type { RoomSummary } from "./rooms/room-summary.js";
import type { StorageState } from "./storage-state.js";

/** Options of `createChat`. */
export interface ChatOptions {
  /** Origin of the server, for example `https://chat.example.com`. */
  readonly url: string;
  /**
   * Gives a connect token, at once or by a promise. Called again when one is needed; one question
   * at a time; 10 s limit. A `ChatError` whose `retry` is "never" ends the chat with it; anything
   * else is tried again. [V4]
   */
  readonly token: TokenProvider;
  /**
   * Id of the user the tokens are for. With it, what this browser has kept of them is shown at once
   * and without a line; else as soon as a token tells, or the server.
   */
  readonly user?: string;
  /**
   * Where messages that are not sent yet, drafts and the newest messages of each room outlive the
   * page: `indexeddb` unless said otherwise, where there is one. [B1]
   */
  readonly storage?: "indexeddb" | "memory";
  /** WebSocket class where the platform has none (Node 20: the one of `ws`). */
  readonly webSocket?: unknown;
  /** IANA time zone that decides where a day begins; default that of the platform. */
  readonly timeZone?: string;
}

/** One identity on one server: a connection and the rooms that share it. */
export interface Chat {
  readonly $connection: ReadableAtom<ConnectionState>;
  readonly $me: ReadableAtom<Me | undefined>;
  /** What the server takes, in its own words once it has said it, and as is usual before. [H3] */
  readonly $limits: ReadableAtom<StatedLimits>;
  /** The rooms of the user, the one with the newest message first; kept while there is no line. */
  readonly $rooms: ReadableAtom<readonly RoomSummary[]>;
  /** What is unread in all of them. [R2] */
  readonly $unread: ReadableAtom<TotalUnread>;
  /** Whether what is sent survives the end of the page, and if not, why. [B1] */
  readonly $storage: ReadableAtom<StorageState>;
  /** The room with this id; follow it with `room.open()`. Throws `invalid` for an impossible id. */
  room(id: string): Room;
  /** Connects now: without waiting for a room, or without waiting for the back-off. */
  connect(): void;
  /** Listens; returns the function that stops. A listener that throws disturbs nothing. [L8] */
  on<Name extends keyof ChatEvents>(
    name: Name,
    listener: (event: ChatEvents[Name]) => void,
  ): () => void;
  /**
   * Ends for good: no further attempt, no further event; `settled` of what is not answered rejects
   * with `closed`. Where `$storage` is not `memory`, what is not sent stays for next time: it goes
   * out once this user opens a chat in this browser. That needs to be known whose it is: before the
   * server said so, by `user` or by a token that can be read, which may still be asked for.
   */
  close(): void;
  /**
   * Ends for good, and forgets everything of this user in this browser: what was kept, and what is
   * not sent yet. Chats of the user in other tabs end with `closed`. Works before anything was
   * opened and after `close()`, too, as long as `user` or a token tells who it is.
   */
  signOut(): void;
}
