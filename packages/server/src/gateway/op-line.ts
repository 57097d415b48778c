import type { AnyOp, ReadFrame } from "@confab/sdk/protocol";
import type { OpListener, OpOutcome } from "../operations/operation-runner.js";
import type { Socket } from "./socket.js";

/** What is done in the order it was sent: an op, or a read position. */
export type LineFrame = AnyOp | ReadFrame;

/** What became of a frame: an op's outcome, or a read position that is stored or cannot be. */
export type LineOutcome =
  OpOutcome | { readonly type: "position" } | { readonly type: "no-such-room" };

/** Hears how a frame fares, as an `OpListener` hears of an op. */
export interface LineListener extends Omit<OpListener, "settled"> {
  settled(outcome: LineOutcome): void;
}

/** What an op line is made of. */
export interface OpLineParts {
  readonly socket: Socket;
  readonly maxUnanswered: number;
  /** Does one frame. */
  readonly run: (frame: LineFrame, listener: LineListener) => void;
  /** Tells the sender an outcome. */
  readonly onOutcome: (frame: LineFrame, outcome: LineOutcome) => void;
}

/** A frame that was started, and its outcome once there is one. */
interface Started {
  readonly frame: LineFrame;
  outcome?: LineOutcome;
}

/**
 * The ops and read positions of one session, strictly in order and pipelined: the next one starts
 * when the one before has its place in the queue of commits, not when it is answered. Answers leave
 * in the same order. One whose outcome is unknown ends the line at once, so that none behind it is
 * stored. A sender with too many unanswered ops is not read until it has fewer. [O6]
 */
export class OpLine {
  readonly #parts: OpLineParts;
  #waiting: LineFrame[] = [];
  #started: Started[] = [];
  #isQueuing = false;
  #isRunning = false;
  #isPaused = false;
  #isStopped = false;
  #whenAnswered: (() => void)[] = [];

  constructor(parts: OpLineParts) {
    this.#parts = parts;
  }

  push(frame: LineFrame): void {
    this.#waiting.push(frame);
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
    this.#whenAnswered.push(done);
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
      const frame = this.#waiting.shift();
      if (frame === undefined) break;
      this.#isQueuing = true;
      this.#run(frame);
    }
    this.#isRunning = false;
  }

  #run(frame: LineFrame): void {
    const started: Started = { frame };
    this.#started.push(started);
    this.#parts.run(frame, {
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
  #break(started: Started, outcome: LineOutcome): void {
    this.#isStopped = true;
    this.#waiting = [];
    this.#started = this.#started.filter((entry) => entry !== started);
    this.#parts.onOutcome(started.frame, outcome);
    this.#answerInOrder();
  }

  #answerInOrder(): void {
    for (let [first] = this.#started; first?.outcome; [first] = this.#started) {
      this.#started.shift();
      this.#parts.onOutcome(first.frame, first.outcome);
    }
    if (this.#isPaused && this.#unansweredCount <= this.#parts.maxUnanswered / 2) {
      this.#isPaused = false;
      this.#parts.socket.resume();
    }
    this.#checkAnswered();
  }

  #checkAnswered(): void {
    if (this.#unansweredCount > 0) return;
    const waiting = this.#whenAnswered;
    this.#whenAnswered = [];
    for (const done of waiting) done();
  }
}
