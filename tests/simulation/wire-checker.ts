import type { DownFrame, UpFrame } from "@confab/sdk/protocol";
import { OutcomeChecker } from "./outcome-checker.js";
import { ReadingChecker } from "./reading-checker.js";
import { StreamChecker } from "./stream-checker.js";
import { readToken } from "./token-office.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** A connection outlives its token by this much, and a turn. [V4] */
const TOKEN_GRACE_MS = 31_000;

/**
 * Watches one connection at the server's end: what it sends is the server's duty alone, so a client
 * that repairs a fault cannot hide it. [I22]
 */
export class WireChecker {
  readonly #world: World;
  readonly #stream: StreamChecker;
  readonly #outcomes: OutcomeChecker;
  readonly #reading: ReadingChecker;
  #userId = "";
  /** When the best token shown on this connection ends, in milliseconds of the world. */
  #tokenEnd = 0;
  #isWelcome = false;

  constructor(world: World) {
    this.#world = world;
    this.#stream = new StreamChecker(world);
    this.#outcomes = new OutcomeChecker(world);
    this.#reading = new ReadingChecker(world);
  }

  /** A frame reached the server. */
  received(frame: UpFrame): void {
    if (frame.t === "hello" || frame.t === "auth") {
      const { userId, end } = readToken(frame.token);
      if (frame.t === "hello") this.#userId = userId;
      if (userId === this.#userId) this.#tokenEnd = Math.max(this.#tokenEnd, end);
    }
    if (frame.t === "hello") {
      for (const [room, { ref, cur }] of Object.entries(frame.rooms)) {
        this.#stream.asked(room, ref, cur);
      }
    }
    if (frame.t === "sub") this.#stream.asked(frame.room, frame.ref, frame.cur);
    if (frame.t === "unsub") this.#stream.left(frame.room);
    if (frame.t === "op") this.#outcomes.received(frame, this.#userId);
    if (frame.t === "read" || frame.t === "typing") this.#reading.received(frame, this.#userId);
  }

  /** This connection tells only outcomes, and no welcome. */
  greeted(): void {
    this.#isWelcome = true;
  }

  /** The server handed a frame to the line. */
  sent(frame: DownFrame): void {
    if (frame.t === "welcome") this.#isWelcome = true;
    else if (frame.t !== "bye" && frame.t !== "error") {
      demand(this.#isWelcome, "I22", () => `${frame.t} before welcome`);
      const now = this.#world.clock.monotonic();
      const isInTime = now <= this.#tokenEnd + TOKEN_GRACE_MS;
      demand(isInTime, "I22", () => `${frame.t} to ${this.#userId} long after the token's end`);
    }
    switch (frame.t) {
      case "replay":
      case "reset":
      case "ev":
      case "ping":
        return this.#stream.sent(frame);
      case "synced":
        this.#stream.sent(frame);
        return this.#reading.sent(frame, this.#userId);
      case "ack":
        return this.#outcomes.acked(frame, this.#userId);
      case "nack":
        return this.#outcomes.nacked(frame, this.#userId);
      case "room":
      case "receipt":
      case "typing":
      case "presence":
        return this.#reading.sent(frame, this.#userId);
      default:
    }
  }
}
