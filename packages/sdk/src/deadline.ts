import type { Clock } from "./platform/clock.js";
import type { Turns } from "./turns.js";

/** What a deadline takes from the client. */
interface DeadlineClient {
  readonly platform: { readonly clock: Clock };
  readonly turns: Turns;
}

/** One timer for the next deadline of something, which runs its task in a turn of its own. */
export class Deadline {
  readonly #client: DeadlineClient;
  readonly #task: () => void;
  #armedFor = Infinity;
  #disarm: () => void = () => undefined;

  constructor(client: DeadlineClient, task: () => void) {
    this.#client = client;
    this.#task = task;
  }

  /** Moves it, in monotonic milliseconds; infinity means never. */
  set(at: number): void {
    if (at === this.#armedFor) return;
    const { platform, turns } = this.#client;
    this.#disarm();
    this.#armedFor = at;
    if (at === Infinity) return;
    this.#disarm = platform.clock.after(Math.max(0, at - platform.clock.monotonic()), () => {
      this.#armedFor = Infinity;
      turns.run(this.#task);
    });
  }
}
