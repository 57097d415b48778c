import type { AnyOp } from "@confab/sdk/protocol";
import type { OpListener, OpOutcome } from "../operations/operation-runner.js";
import type { Socket } from "./socket.js";

/** What an op line is made of. */
export interface OpLineParts {
  readonly socket: Socket;
  readonly maxUnanswered: number;
  /** Runs one op. */
  readonly run: (op: AnyOp, listener: OpListener) => void;
  /** Tells the sender an outcome. */
  readonly onOutcome: (op: AnyOp, outcome: OpOutcome) => void;
}

/**
 * The ops of one session, strictly in order and pipelined: the next one starts when the one before
 * has its place in the queue of commits, not when it is answered. A sender with too many unanswered
 * ops is not read until it has fewer. [O6]
 */
export class OpLine {
  readonly #parts: OpLineParts;
  #waiting: AnyOp[] = [];
  #isQueuing = false;
  #isRunning = false;
  #unansweredCount = 0;
  #isPaused = false;
  #isStopped = false;
  #whenAnswered: (() => void) | undefined;

  constructor(parts: OpLineParts) {
    this.#parts = parts;
  }

  push(op: AnyOp): void {
    this.#waiting.push(op);
    this.#unansweredCount += 1;
    if (!this.#isPaused && this.#unansweredCount > this.#parts.maxUnanswered) {
      this.#isPaused = true;
      this.#parts.socket.pause();
    }
    this.#runNext();
  }

  /**
   * Forgets ops that have not been started. The others keep their outcome, whether or not anybody
   * hears of it.
   */
  dropWaiting(): void {
    this.#unansweredCount -= this.#waiting.length;
    this.#waiting = [];
    this.#checkAnswered();
  }

  /**
   * The sender is gone: drops what waits, and keeps an op that is being looked at from starting.
   */
  end(): void {
    this.#isStopped = true;
    this.dropWaiting();
  }

  /** Calls back once every op has its outcome. */
  whenAnswered(done: () => void): void {
    this.#whenAnswered = done;
    this.#checkAnswered();
  }

  /** A loop and not a recursion: most ops are queued before `run` returns. */
  #runNext(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (!this.#isQueuing) {
      const op = this.#waiting.shift();
      if (op === undefined) break;
      this.#isQueuing = true;
      this.#run(op);
    }
    this.#isRunning = false;
  }

  #run(op: AnyOp): void {
    this.#parts.run(op, {
      isWanted: () => !this.#isStopped,
      queued: () => {
        this.#isQueuing = false;
        this.#runNext();
      },
      settled: (outcome) => {
        this.#answer(op, outcome);
      },
    });
  }

  #answer(op: AnyOp, outcome: OpOutcome): void {
    this.#unansweredCount -= 1;
    this.#parts.onOutcome(op, outcome);
    if (this.#isPaused && this.#unansweredCount <= this.#parts.maxUnanswered / 2) {
      this.#isPaused = false;
      this.#parts.socket.resume();
    }
    this.#checkAnswered();
  }

  #checkAnswered(): void {
    if (this.#unansweredCount > 0) return;
    const done = this.#whenAnswered;
    this.#whenAnswered = undefined;
    done?.();
  }
}
