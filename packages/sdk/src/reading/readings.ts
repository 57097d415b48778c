import { Deadline } from "../deadline.js";
import type { Clock } from "../platform/clock.js";
import type { ReadFrame, ReadPosition } from "../protocol/reading.js";
import type { Viewer } from "../timeline/timeline-line.js";
import type { Turns } from "../turns.js";
import type { ReadingInput, ReadingState } from "./reading-step.js";
import { nextReadingDeadline, stepReading, UNKNOWN_READING } from "./reading.machine.js";

type LineNews = Extract<ReadingInput, { t: "greeting" | "connected" | "disconnected" | "tick" }>;

/** What reading needs of its client. */
export interface ReadingClient {
  readonly platform: { readonly clock: Clock };
  readonly turns: Turns;
  readonly viewer: Viewer;
  /** Says it on the line; on one that is not live it is lost. */
  send(frame: ReadFrame): void;
  /** The numbers of this room may have changed. */
  changed(room: string): void;
  /** The position that waits to be confirmed, or none: to be kept for a later life. [R1] */
  keepReadSlot(room: string, position: ReadPosition | undefined): void;
}

/** Drives the reading of every room, also of those nobody opened: slots outlive a tab. [R1] */
export class Readings {
  readonly #client: ReadingClient;
  readonly #deadline: Deadline;
  readonly #states = new Map<string, ReadingState>();
  #isLive = false;

  constructor(client: ReadingClient) {
    this.#client = client;
    this.#deadline = new Deadline(client, () => {
      this.handleAll({ t: "tick" });
    });
  }

  /** What is known of a room. */
  of(room: string): ReadingState {
    return this.#states.get(room) ?? { ...UNKNOWN_READING, isLive: this.#isLive };
  }

  /** One input of the machine of one room, within a turn. */
  handle(room: string, input: ReadingInput): void {
    if (this.#step(room, input)) this.#keepTime();
  }

  /** A line is asked for, there is one, or there is none any more. */
  handleAll(input: LineNews): void {
    if (input.t !== "tick") this.#isLive = input.t === "connected";
    for (const room of this.#states.keys()) this.#step(room, input);
    this.#keepTime();
  }

  /** Nothing will be said any more. */
  end(): void {
    this.#deadline.set(Infinity);
  }

  /** Tells whether the deadline of the room moved. */
  #step(room: string, input: ReadingInput): boolean {
    const client = this.#client;
    const before = this.of(room);
    const moment = { now: client.platform.clock.monotonic(), me: client.viewer.id };
    const { state, effects } = stepReading(before, input, moment);
    if (state === before) return false;
    this.#states.set(room, state);
    client.changed(room);
    for (const effect of effects) {
      if (effect.type === "say") client.send({ t: "read", room, seq: effect.seq });
      else client.keepReadSlot(room, effect.position);
    }
    return nextReadingDeadline(state) !== nextReadingDeadline(before);
  }

  /** The earliest deadline of all rooms. */
  #keepTime(): void {
    this.#deadline.set(Math.min(...[...this.#states.values()].map(nextReadingDeadline)));
  }
}
