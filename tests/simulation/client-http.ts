import type { HttpAnswer, HttpClient, HttpRequest, SeededRandom } from "@confab/sdk/testing";
import type { ProcessClock } from "./process-clock.js";
import type { ServerNode } from "./server-node.js";
import { SLOW_DELAY_MS } from "./swarm.js";
import type { World } from "./world.js";

interface OpenRequest {
  /** Nothing comes of it any more. */
  readonly drop: (answer: HttpAnswer | undefined) => void;
}

/** The way of a machine's HTTP requests to the server and back; it can be cut like any other. */
export class ClientHttp {
  readonly #world: World;
  readonly #server: ServerNode;
  readonly #who: string;
  readonly #random: SeededRandom;
  readonly #open = new Set<OpenRequest>();

  constructor(world: World, server: ServerNode, who: string, random: SeededRandom) {
    this.#world = world;
    this.#server = server;
    this.#who = who;
    this.#random = random;
  }

  /** Give this to the platform of one life of a client. */
  client(clock: ProcessClock): HttpClient {
    return (request, done) => {
      const open = this.#send(request, (answer) => {
        clock.deliver(() => {
          if (this.#open.delete(open)) done(answer);
        });
      });
      this.#open.add(open);
      return () => {
        if (this.#open.delete(open)) open.drop(undefined);
      };
    };
  }

  /** Everything under way is lost: some of it has arrived. */
  cut(): void {
    for (const open of [...this.#open]) open.drop({ status: 0 });
  }

  #send(request: HttpRequest, answered: (answer: HttpAnswer) => void): OpenRequest {
    const { clock } = this.#world;
    let cancel: () => void = () => undefined;
    const answer = (what: HttpAnswer): void => {
      cancel = clock.after(this.#delay(), () => {
        answered(what);
      });
    };
    cancel = clock.after(this.#delay(), () => {
      cancel = () => undefined;
      const abort = this.#server.http(this.#who, request, answer);
      if (abort !== undefined) cancel = abort;
    });
    return {
      drop: (what) => {
        // What is given up may arrive all the same, late, and be done.
        const abort = cancel;
        if (this.#random.chance(0.5)) clock.after(this.#delay(), abort);
        if (what !== undefined) answered(what);
      },
    };
  }

  /** Requests may travel on slow lines as well, each on its own. */
  #delay(): number {
    const { swarm, isHealed } = this.#world;
    const isSlow = this.#random.chance(swarm.slowLinkChance);
    const usual = isSlow ? [SLOW_DELAY_MS / 4, SLOW_DELAY_MS] : swarm.latencyMs;
    const [low = 0, high = 0] = isHealed ? [20, 20] : usual;
    return low + this.#random.number() * (high - low);
  }
}
