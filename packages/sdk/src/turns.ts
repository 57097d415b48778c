/**
 * Runs the core one turn at a time. A turn does everything that one thing from outside (a message,
 * a call, a timer) leads to; what happens meanwhile joins the same turn; the stores change once, at
 * its end; the application is called after that, so whatever it does begins a turn of its own.
 */
export class Turns {
  readonly #atEnd: () => void;
  readonly #report: (error: unknown) => void;
  #tasks: (() => void)[] = [];
  #afterwards: (() => void)[] = [];
  #isRunning = false;

  /** `atEnd` publishes what the turn changed; `report` is told of exceptions of the application. */
  constructor(atEnd: () => void, report: (error: unknown) => void) {
    this.#atEnd = atEnd;
    this.#report = report;
  }

  /** Does the task now, or within the turn that is running. */
  run(task: () => void): void {
    this.#tasks.push(task);
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let next = this.#tasks.shift(); next !== undefined; next = this.#tasks.shift()) next();
    } finally {
      this.#isRunning = false;
    }
    this.#atEnd();
    this.#callApplication();
  }

  /**
   * Does the task as a turn of its own, and gives its result or its exception when the turn is
   * over.
   */
  call<Result>(task: () => Result): Result {
    let finish: () => Result = task;
    if (!this.#isRunning) {
      this.run(() => {
        finish = attempt(task);
      });
    }
    return finish();
  }

  /** Calls the application when the turn is over. Its exceptions disturb nothing. [L8] */
  afterwards(call: () => void): void {
    this.#afterwards.push(call);
  }

  #callApplication(): void {
    for (let call = this.#afterwards.shift(); call; call = this.#afterwards.shift()) {
      try {
        call();
      } catch (error) {
        this.#report(error);
      }
    }
  }
}

/** Does the task; the function it returns gives the result or throws the exception. */
function attempt<Result>(task: () => Result): () => Result {
  try {
    const result = task();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
