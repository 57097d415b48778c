import { LIMITS, type AnyOp, type ErrorCode, type SubFrame } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { OpListener, OpOutcome } from "../operations/operation-runner.js";
import { encodeEvent } from "../sync/encode-event.js";
import { CatchUp } from "./catch-up.js";
import type { LiveFrame } from "./decode-frame.js";
import { encodeFrame } from "./frame.js";
import { OpLine } from "./op-line.js";
import type { SendQueue } from "./send-queue.js";
import type { SessionParts } from "./session-parts.js";
import type { Socket } from "./socket.js";
import { Subscription } from "./subscription.js";

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

/**
 * A room this session wants to follow. It has no subscription yet while the room is being looked
 * up.
 */
interface Slot {
  subscription?: Subscription;
}

/** What a welcomed client can do: follow rooms and send ops. */
export class LiveSession {
  readonly principal: Principal;
  readonly #shared: SessionParts;
  readonly #parts: LiveSessionParts;
  readonly #slots = new Map<string, Slot>();
  readonly #ops: OpLine;
  readonly #catchUp: CatchUp;
  #isEnded = false;
  #isDraining = false;

  constructor(shared: SessionParts, parts: LiveSessionParts) {
    this.principal = parts.principal;
    this.#shared = shared;
    this.#parts = parts;
    this.#ops = new OpLine({
      socket: parts.socket,
      maxUnanswered: shared.limits.opsMaxUnanswered,
      run: (op, listener) => {
        this.#run(op, listener);
      },
      onOutcome: (op, outcome) => {
        this.#answer(op, outcome);
      },
    });
    this.#catchUp = new CatchUp({
      clock: shared.clock,
      queue: parts.queue,
      pauseBytes: shared.limits.sendQueueMaxBytes / 2,
      retryMs: shared.limits.catchUpRetryMs,
      onFailure: parts.onStorageFailure,
      guard: parts.guard,
    });
  }

  handle(frame: LiveFrame): void {
    if (this.#isEnded || this.#isDraining) return;
    switch (frame.t) {
      case "op":
        this.#ops.push(frame);
        break;
      case "sub":
        this.#subscribe(frame);
        break;
      case "unsub":
        this.#unsubscribe(frame.room);
        break;
      case "ping":
        this.#parts.queue.enqueue(encodeFrame({ t: "pong" }));
        break;
      case "pong":
        break;
    }
  }

  /** Where each room stands that this session follows live. [V1] */
  heads(): Record<string, [seq: number, chain: string]> {
    const heads: Record<string, [seq: number, chain: string]> = {};
    for (const [room, { subscription }] of this.#slots) {
      const position = subscription?.livePosition;
      if (position !== undefined) heads[room] = position;
    }
    return heads;
  }

  /**
   * Takes no more frames; calls back when every op under way has its outcome. Events go on
   * meanwhile.
   */
  drain(answered: () => void): void {
    this.#isDraining = true;
    this.#ops.dropWaiting();
    this.#ops.whenAnswered(answered);
  }

  end(): void {
    this.#isEnded = true;
    this.#ops.end();
    this.#catchUp.stop();
    for (const { subscription } of this.#slots.values()) subscription?.end();
    this.#slots.clear();
  }

  #subscribe({ room, ref, cur }: SubFrame): void {
    this.#unsubscribe(room);
    if (this.#slots.size >= LIMITS.roomsMaxCount) {
      this.#refuseSubscription("forbidden", room, ref);
      return;
    }
    const slot: Slot = {};
    this.#slots.set(room, slot);
    this.#shared.rooms.view(this.principal, room, (found) => {
      if (this.#slots.get(room) !== slot) return;
      if (!found.ok) {
        this.#parts.onStorageFailure(found.cause);
      } else if (found.value === undefined) {
        this.#slots.delete(room);
        this.#refuseSubscription("not_found", room, ref);
      } else {
        slot.subscription = new Subscription({
          view: found.value,
          ref,
          ...(cur === undefined ? {} : { cursor: cur }),
          sync: this.#shared.sync,
          hub: this.#shared.hub,
          send: (frame) => {
            this.#parts.queue.enqueue(frame);
          },
          wantsToRead: (subscription) => {
            this.#catchUp.add(subscription);
          },
        });
        slot.subscription.begin();
      }
    });
  }

  #unsubscribe(room: string): void {
    this.#slots.get(room)?.subscription?.end();
    this.#slots.delete(room);
  }

  #refuseSubscription(code: ErrorCode, room: string, ref: number): void {
    this.#parts.queue.enqueue(encodeFrame({ t: "error", code, room, ref }));
  }

  /** The room hears of a stored op even if its sender is gone. */
  #run(op: AnyOp, listener: OpListener): void {
    this.#shared.operations.run(this.principal, op, {
      isWanted: () => listener.isWanted(),
      queued: () => listener.queued(),
      settled: (outcome) => {
        this.#parts.guard(() => listener.settled(outcome));
        if (outcome.type === "ack" && outcome.event !== undefined) {
          this.#shared.hub.publish(encodeEvent(outcome.event));
        }
        if (outcome.type === "unavailable") this.#shared.hub.doubt(op.room);
      },
    });
  }

  #answer(op: AnyOp, outcome: OpOutcome): void {
    if (this.#isEnded) return;
    const { room, id } = op;
    switch (outcome.type) {
      case "ack":
        this.#parts.queue.enqueue(
          encodeFrame({ t: "ack", room, id, seq: outcome.seq, at: outcome.at }),
        );
        break;
      case "nack": {
        const { code, detail } = outcome;
        const reason = detail === undefined ? { code } : { code, detail };
        this.#parts.queue.enqueue(encodeFrame({ t: "nack", room, id, ...reason }));
        break;
      }
      case "unavailable":
        this.#parts.onStorageFailure(outcome.cause);
        break;
    }
  }
}
