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

/** An op that was started, and its outcome once there is one. */
interface Started {
  readonly op: AnyOp;
  outcome?: OpOutcome;
}

/**
 * The ops of one session, strictly in order and pipelined: the next one starts when the one before
 * has its place in the queue of commits, not when it is answered. Answers leave in the same order.
 * One whose outcome is unknown ends the line at once, so that none behind it is stored. A sender
 * with too many unanswered ops is not read until it has fewer. [O6]
 */
export class OpLine {
  readonly #parts: OpLineParts;
  #waiting: AnyOp[] = [];
  #started: Started[] = [];
  #isQueuing = false;
  #isRunning = false;
  #isPaused = false;
  #isStopped = false;
  #whenAnswered: (() => void) | undefined;

  constructor(parts: OpLineParts) {
    this.#parts = parts;
  }

  push(op: AnyOp): void {
    this.#waiting.push(op);
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

  get #unansweredCount(): number {
    return this.#waiting.length + this.#started.length;
  }

  /** A loop and not a recursion: most ops are queued before `run` returns. */
  #runNext(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (!this.#isQueuing && !this.#isStopped) {
      const op = this.#waiting.shift();
      if (op === undefined) break;
      this.#isQueuing = true;
      this.#run(op);
    }
    this.#isRunning = false;
  }

  #run(op: AnyOp): void {
    const started: Started = { op };
    this.#started.push(started);
    this.#parts.run(op, {
      isWanted: () => !this.#isStopped,
      queued: () => {
        this.#isQueuing = false;
        this.#runNext();
      },
      settled: (outcome) => {
        started.outcome = outcome;
        if (outcome.type === "unavailable") this.#break(started, outcome);
        else this.#answerInOrder();
      },
    });
  }

  /** Says at once that an op has no outcome; what was started before it may still get one. */
  #break(started: Started, outcome: OpOutcome): void {
    this.#isStopped = true;
    this.#waiting = [];
    this.#started = this.#started.filter((entry) => entry !== started);
    this.#parts.onOutcome(started.op, outcome);
    this.#answerInOrder();
  }

  #answerInOrder(): void {
    for (let [first] = this.#started; first?.outcome; [first] = this.#started) {
      this.#started.shift();
      this.#parts.onOutcome(first.op, first.outcome);
    }
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
