import { replaceClock, type Clock } from "../platform/clock.js";

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that moves only when a test says so. */
export class ManualClock implements Clock {
  #now: number;
  #tasks: Task[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  /** Puts a manual clock in the place of the page's; call `restore` at the end of the test. */
  static install(now: number): ManualClock & { restore(): void } {
    const manual = new ManualClock(now);
    return Object.assign(manual, { restore: replaceClock(manual) });
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const task = { at: this.#now + delayMs, run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== task);
    };
  }

  /** Lets time pass and runs what falls due, in order, also what that adds. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = next.at;
      this.#tasks = this.#tasks.filter((task) => task !== next);
      next.run();
    }
    this.#now = end;
  }

  #next(end: number): Task | undefined {
    const due = this.#tasks.filter((task) => task.at <= end);
    return due.sort((first, second) => first.at - second.at)[0];
  }
}
