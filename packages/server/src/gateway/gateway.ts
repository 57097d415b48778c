import { Drain } from "./drain.js";
import { FlushTurn } from "./flush-turn.js";
import type { GatewayParts } from "./gateway-parts.js";
import { Hub } from "./hub.js";
import { PacedTurns } from "./paced-turns.js";
import { Presence } from "./presence.js";
import { Receipts } from "./receipts.js";
import { RoomNews } from "./room-news.js";
import { Session, type SessionListener, type SessionOptions } from "./session.js";
import type { SessionParts } from "./session-parts.js";
import type { Socket } from "./socket.js";
import { Typing } from "./typing.js";

/**
 * All connections of this server. It is told of opened sockets, of their messages and of their end,
 * and works by callbacks alone, so that the same code runs behind `ws` and inside a simulation.
 */
export class Gateway {
  readonly #parts: SessionParts;
  readonly #sessions = new Set<Session>();
  readonly #byClient = new Map<string, Session>();
  readonly #listener: SessionListener;
  #drain: Drain | undefined;

  constructor(parts: GatewayParts) {
    const hub = new Hub();
    this.#parts = {
      ...parts,
      hub,
      turn: new FlushTurn(parts.clock),
      receipts: new Receipts({ ...parts, hub }),
      presence: new Presence({ ...parts, hub }),
      typing: new Typing({ ...parts, hub }),
      news: new RoomNews(parts),
      listing: new PacedTurns(parts.clock, parts.limits.listedRoomsPerTurn),
    };
    this.#listener = {
      onAuthenticated: (session) => {
        this.#replaceOlder(session);
      },
      onEnded: (session) => {
        this.#forget(session);
      },
    };
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** True once `drain` was called: no connection is to be accepted any more. */
  get isDraining(): boolean {
    return this.#drain !== undefined;
  }

  /**
   * Takes an opened connection. The caller hands on what arrives, and says when the socket is gone.
   */
  accept(socket: Socket, options: SessionOptions = { roomList: "sent" }): Session {
    const session = new Session(this.#parts, socket, this.#listener, options);
    this.#sessions.add(session);
    return session;
  }

  /**
   * Says goodbye to everybody, commits what is queued, closes, and calls back when no session is
   * left. [V6]
   */
  drain(done: () => void): void {
    this.#drain ??= new Drain(this.#parts, this.#sessions);
    this.#drain.run(() => {
      const { receipts, presence, news } = this.#parts;
      receipts.stop();
      presence.stop();
      news.stop();
      done();
    });
  }

  /**
   * A client that connects again has given up its old connection, which may look alive here for
   * another half minute. The old one goes, with a code that means "come back", because a code that
   * means "stop" could reach the new one's program. [H1]
   */
  #replaceOlder(session: Session): void {
    const key = session.clientKey;
    if (key === undefined) return;
    const older = this.#byClient.get(key);
    this.#byClient.set(key, session);
    older?.replace();
  }

  #forget(session: Session): void {
    this.#sessions.delete(session);
    const key = session.clientKey;
    if (key !== undefined && this.#byClient.get(key) === session) this.#byClient.delete(key);
  }
}
