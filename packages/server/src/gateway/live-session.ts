import type { AnyOp, ReadFrame } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import { CatchUp } from "./catch-up.js";
import type { LiveFrame } from "./decode-frame.js";
import { encodeFrame } from "./frame.js";
import { OpLine, type LineFrame, type LineListener, type LineOutcome } from "./op-line.js";
import { RoomFeed } from "./room-feed.js";
import { RoomFollows } from "./room-follows.js";
import { publishEvent } from "./publish-event.js";
import type { SendQueue } from "./send-queue.js";
import type { SessionParts } from "./session-parts.js";
import type { Socket } from "./socket.js";

/** What belongs to one live session. */
export interface LiveSessionParts {
  readonly principal: Principal;
  readonly queue: SendQueue;
  readonly socket: Socket;
  /** Called when storage could not answer: the connection must end without an answer. [O2] */
  readonly onStorageFailure: (cause: unknown) => void;
  /** Runs a task so that a mistake in it ends this connection and no other. */
  readonly guard: (task: () => void) => void;
}

/** What a welcomed client can do: follow rooms, send ops, read, type. */
export class LiveSession {
  readonly principal: Principal;
  readonly #shared: SessionParts;
  readonly #parts: LiveSessionParts;
  readonly #line: OpLine;
  readonly #catchUp: CatchUp;
  readonly #follows: RoomFollows;
  readonly #feed: RoomFeed;
  #isEnded = false;
  #isDraining = false;

  constructor(shared: SessionParts, parts: LiveSessionParts) {
    this.principal = parts.principal;
    this.#shared = shared;
    this.#parts = parts;
    this.#line = new OpLine({
      socket: parts.socket,
      maxUnanswered: shared.limits.opsMaxUnanswered,
      run: (frame, listener) => {
        if (frame.t === "op") this.#run(frame, listener);
        else this.#read(frame, listener);
      },
      onOutcome: (frame, outcome) => {
        this.#answer(frame, outcome);
      },
    });
    this.#catchUp = new CatchUp({
      clock: shared.clock,
      queue: parts.queue,
      retryMs: shared.limits.catchUpRetryMs,
      onIdle: () => {
        this.#feed.wake();
      },
      onFailure: parts.onStorageFailure,
      guard: parts.guard,
    });
    this.#follows = new RoomFollows(shared, { ...parts, catchUp: this.#catchUp });
    this.#feed = new RoomFeed(shared, {
      ...parts,
      isCatchingUp: () => !this.#catchUp.isIdle,
      followsLive: (room) => this.#follows.isLive(room),
    });
  }

  /** Sends the room list, and what changes in it from now on. [R2] */
  beginList(): void {
    const { news, reading, listing, limits } = this.#shared;
    const { guard, onStorageFailure } = this.#parts;
    news.join(this.#feed);
    listing.add(() => {
      if (this.#isEnded) return;
      reading.roomsOf(this.principal.id, limits.watchedRoomsMaxCount, (found) => {
        guard(() => {
          if (this.#isEnded) return;
          if (!found.ok) return onStorageFailure(found.cause);
          news.belongs(this.principal.id, found.value);
          this.#feed.begin(found.value.slice(0, limits.listedRoomsMaxCount));
        });
      });
    });
  }

  handle(frame: LiveFrame): void {
    if (this.#isEnded || this.#isDraining) return;
    switch (frame.t) {
      case "op":
      case "read":
        this.#line.push(frame);
        break;
      case "sub":
        this.#follows.subscribe(frame);
        break;
      case "unsub":
        this.#follows.unsubscribe(frame.room);
        break;
      case "typing":
        this.#type(frame.room);
        break;
      case "ping":
        this.#parts.queue.enqueue(encodeFrame({ t: "pong" }));
        break;
      case "pong":
      case "auth":
        break;
    }
  }

  /** Where each room stands that this session follows live. [V1] */
  heads(): Record<string, [seq: number, chain: string]> {
    return this.#follows.heads();
  }

  /** Calls back when every op and read position sent so far has its outcome. */
  whenAnswered(done: () => void): void {
    this.#line.whenAnswered(done);
  }

  /** Calls back when the socket was given the whole room list. */
  whenListed(done: () => void): void {
    this.#feed.whenListed(() => {
      this.#parts.queue.flush();
      done();
    });
  }

  /**
   * Takes no more frames; calls back when every op under way has its outcome. Events go on
   * meanwhile.
   */
  drain(answered: () => void): void {
    this.#isDraining = true;
    this.#endList();
    this.#line.dropWaiting();
    this.#line.whenAnswered(answered);
  }

  end(): void {
    this.#isEnded = true;
    this.#line.end();
    this.#catchUp.stop();
    this.#endList();
    this.#follows.end();
  }

  #endList(): void {
    this.#feed.end();
    this.#shared.news.leave(this.#feed);
  }

  /** The room hears of a stored op even if its sender is gone. */
  #run(op: AnyOp, listener: LineListener): void {
    this.#shared.operations.run(this.principal, op, {
      isWanted: () => listener.isWanted(),
      queued: () => listener.queued(),
      settled: (outcome) => {
        this.#parts.guard(() => listener.settled(outcome));
        if (outcome.type === "ack" && outcome.event !== undefined) {
          publishEvent(this.#shared, this.principal, outcome.event);
        }
        if (outcome.type === "unavailable") {
          this.#shared.hub.doubt(op.room);
          // What may be stored may be the first of its author there, who may never ask again.
          this.#shared.news.raised(this.principal.id, op.room);
          this.#shared.news.doubt(op.room);
        }
      },
    });
  }

  /** A position waits in the queue of commits for its turn, like an op. [R1] */
  #read({ room, seq }: ReadFrame, listener: LineListener): void {
    const { rooms, reading, receipts, news } = this.#shared;
    const { id } = this.principal;
    const settle = (outcome: LineOutcome): void => {
      this.#parts.guard(() => listener.settled(outcome));
    };
    const decline = (outcome: LineOutcome): void => {
      settle(outcome);
      listener.queued();
    };
    rooms.view(this.principal, room, (view) => {
      if (!listener.isWanted()) return decline({ type: "unavailable", cause: undefined });
      if (!view.ok) return decline({ type: "unavailable", cause: view.cause });
      const { value } = view;
      if (value === undefined) return decline({ type: "no-such-room" });
      reading.raise(value, id, seq, (raised) => {
        settle(raised.ok ? { type: "position" } : { type: "unavailable", cause: raised.cause });
        if (!raised.ok) this.#tellStored(value);
        // At 0 there is no position: nothing was read, and nobody became a member by it.
        if (raised.ok && raised.value.seq > 0) news.belongs(id, [room]);
        if (!raised.ok || !raised.value.isRaised) return;
        receipts.raised(this.principal, room, raised.value);
        news.raised(id, room);
      });
      listener.queued();
    });
  }

  /** A position may be stored although its commit failed; who said it need not say it again. */
  #tellStored(view: RoomView): void {
    const { reading, receipts, news } = this.#shared;
    const { id } = this.principal;
    reading.listed(view, id, (found) => {
      if (!found.ok || found.value.readSeq === 0) return;
      const { readSeq: seq, readCount: count, room } = found.value;
      receipts.raised(this.principal, room, { seq, count });
      news.raised(id, room);
    });
  }

  /** Only from somebody who is here and may speak: else it is dropped. [P1] */
  #type(room: string): void {
    const { rooms, presence, typing } = this.#shared;
    if (!presence.isHere(room, this.principal.id)) return;
    rooms.view(this.principal, room, (view) => {
      const isAllowed = view.ok && view.value?.capabilities.includes("msg.send");
      if (isAllowed && !this.#isEnded) typing.typed(this.principal, room);
    });
  }

  #answer({ room, ...frame }: LineFrame, outcome: LineOutcome): void {
    if (this.#isEnded) return;
    const { queue, onStorageFailure } = this.#parts;
    const id = "id" in frame ? frame.id : "";
    switch (outcome.type) {
      case "ack":
        queue.enqueue(encodeFrame({ t: "ack", room, id, seq: outcome.seq, at: outcome.at }));
        break;
      case "nack": {
        const { code, detail } = outcome;
        const reason = detail === undefined ? { code } : { code, detail };
        queue.enqueue(encodeFrame({ t: "nack", room, id, ...reason }));
        break;
      }
      case "position":
        break;
      case "no-such-room":
        queue.enqueue(encodeFrame({ t: "error", code: "not_found", room }));
        break;
      case "unavailable":
        onStorageFailure(outcome.cause);
        break;
    }
  }
}
