import type { Clock } from "../platform/clock.js";

/**
 * Runs small tasks of many sessions, a few in each turn of the event loop and in the order they
 * came: work that a crowd asks for at once never keeps messages waiting.
 */
export class PacedTurns {
  readonly #clock: Clock;
  readonly #tasksPerTurn: number;
  #waiting: (() => void)[] = [];
  #isRunning = false;

  constructor(clock: Clock, tasksPerTurn: number) {
    this.#clock = clock;
    this.#tasksPerTurn = tasksPerTurn;
  }

  add(task: () => void): void {
    this.#waiting.push(task);
    if (!this.#isRunning) this.#runLater();
  }

  #runLater(): void {
    this.#isRunning = true;
    this.#clock.after(0, () => {
      const due = this.#waiting.splice(0, this.#tasksPerTurn);
      for (const task of due) task();
      if (this.#waiting.length > 0) this.#runLater();
      else this.#isRunning = false;
    });
  }
}
