import type { Clock } from "./platform/clock.js";
import type { StatedLimits, WelcomeFrame } from "./protocol/handshake.js";
import { LIMITS } from "./protocol/limits.js";
import type { Me } from "./protocol/model.js";
import type { Viewer } from "./timeline/timeline-line.js";

/** What the server said of us and of itself in its newest `welcome`. [H3] */
export class ServerFacts {
  readonly #clock: Clock;
  /** Server's clock minus ours, in milliseconds. */
  #clockOffsetMs = 0;
  me: Me | undefined;
  /** Who we are; nobody until the server has said it. */
  viewer: Viewer = { id: "", author: { name: "…", kind: "user" } };
  limits: StatedLimits = LIMITS;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Believes a `welcome`. */
  learn({ me, limits, now }: WelcomeFrame): void {
    this.meet(me);
    this.limits = limits;
    this.#clockOffsetMs = now - this.#clock.now();
  }

  /** This is who we are, or were when it was last told. */
  meet(me: Me): void {
    const { id, ...author } = me;
    this.me = me;
    this.viewer = { id, author };
  }

  /** Whose data is shown until the server says who we are. */
  presume(user: string): void {
    if (!this.me) this.viewer = { ...this.viewer, id: user };
  }

  /** Time of the server's clock, in Unix milliseconds; of ours until it told its own. */
  serverTime(now: number): number {
    return now + this.#clockOffsetMs;
  }
}
