/**
 * Runs the core one turn at a time. A turn does everything that one thing from outside (a message,
 * a call, a timer) leads to; what happens meanwhile joins the same turn; the stores change once, at
 * its end; the application is called after that, so whatever it does begins a turn of its own.
 */
export class Turns {
  readonly #atEnd: () => void;
  readonly #report: (error: unknown) => void;
  readonly #tasks: (() => void)[] = [];
  readonly #calls: (() => void)[] = [];
  #isRunning = false;

  /** `atEnd` publishes what the turn changed; `report` is told of exceptions of the application. */
  constructor(atEnd: () => void, report: (error: unknown) => void) {
    this.#atEnd = atEnd;
    this.#report = report;
  }

  /** Does the task now, or within the turn that is running. What it throws ends the turn. */
  run(task: () => void): void {
    this.#tasks.push(task);
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#tasks.length > 0) this.#tasks.shift()?.();
    } finally {
      this.#isRunning = false;
      this.#atEnd();
      while (this.#calls.length > 0) this.#try(this.#calls.shift());
    }
  }

  /** Calls the application when the turn is over. Its exceptions disturb nothing. [L8] */
  afterwards(call: () => void): void {
    this.#calls.push(call);
  }

  #try(call: (() => void) | undefined): void {
    try {
      call?.();
    } catch (error) {
      this.#report(error);
    }
  }
}
