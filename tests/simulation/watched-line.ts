import type { DownFrame, UpFrame } from "@confab/sdk/protocol";
import type { OpenTransport, Transport, TransportHandlers } from "@confab/sdk/testing";
import type { ClientNode } from "./client-node.js";
import type { ProcessClock } from "./process-clock.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** Close codes that ask for another token, and those after which nobody comes back. [I24] */
const REFRESHABLE = [4200, 4299] as const;
const TERMINAL = [4500, 4999] as const;

/**
 * The client's end of its lines: what reaches the process, when it can take it, and whether it
 * comes back after it was told to stop.
 */
export class WatchedLine {
  readonly #world: World;
  readonly #clock: ProcessClock;
  readonly #client: ClientNode;
  #stoppedBy: number | undefined;
  #wasRefused = false;

  constructor(world: World, clock: ProcessClock, client: ClientNode) {
    this.#world = world;
    this.#clock = clock;
    this.#client = client;
  }

  /** Whether the client was told to stop for good. */
  get isStopped(): boolean {
    return this.#stoppedBy !== undefined;
  }

  /** Give this to the client's platform. */
  over(openTransport: OpenTransport): OpenTransport {
    return (url, handlers) => this.#open(openTransport, url, handlers);
  }

  #open(openTransport: OpenTransport, url: string, handlers: TransportHandlers): Transport {
    this.#world.check(() => {
      demand(
        this.#stoppedBy === undefined,
        "I24",
        () => `${this.#client.name} connects again after ${String(this.#stoppedBy)}`,
      );
    });
    // A line the client has closed reports nothing, also not what waited while it was frozen.
    let isOpen = true;
    const report = (task: () => void): void => {
      this.#clock.deliver(() => {
        if (isOpen) task();
      });
    };
    const transport = openTransport(url, {
      onOpen: () => {
        report(() => {
          if (this.#wasRefused) this.#world.counters.add("token refused, then another one");
          this.#wasRefused = false;
          handlers.onOpen();
        });
      },
      onMessage: (text) => {
        report(() => {
          this.#hear(text);
          this.#world.note(this.#client.name, `hears ${text.slice(0, 80)}`);
          handlers.onMessage(text);
        });
      },
      onClose: (code) => {
        report(() => {
          isOpen = false;
          this.#world.note(this.#client.name, `closed with ${String(code)}`);
          if (code >= REFRESHABLE[0] && code <= REFRESHABLE[1]) this.#wasRefused = true;
          const isTerminal = code >= TERMINAL[0] && code <= TERMINAL[1];
          if (isTerminal) {
            this.#stoppedBy = code;
            this.#world.counters.add("client told to stop");
          }
          handlers.onClose(code);
        });
      },
    });
    return {
      send: (message) => {
        this.#checkKept(message);
        transport.send(message);
      },
      close: () => {
        isOpen = false;
        transport.close();
      },
    };
  }

  /** What is sent would survive the tab, where the browser keeps anything. [B1] */
  #checkKept(message: string): void {
    const isKeeping = this.#client.browser.isKeeping(this.#client);
    for (const frame of JSON.parse(message) as UpFrame[]) {
      if (frame.t !== "op") continue;
      const { asked, counters } = this.#world;
      if (asked.get(frame.id)?.life !== this.#client.life) counters.add("outbox adopted");
      if (!isKeeping) continue;
      const isKept = this.#client.browser.holds(frame.id);
      this.#world.check(() => {
        demand(isKept, "I9", () => `${this.#client.name} sends ${frame.id} before it is kept`);
      });
    }
  }

  /** Outcomes that reached the client: it will not ask again, once its browser knows as well. */
  #hear(text: string): void {
    const { heard, told, restoresKnown, oracle, clock } = this.#world;
    const { life } = this.#client;
    for (const frame of JSON.parse(text) as DownFrame[]) {
      if (frame.t === "ack" || frame.t === "ev") told.add(`${life} ${frame.id}`);
      if (frame.t === "synced") restoresKnown.set(`${life} ${frame.room}`, oracle.restores);
      if (frame.t !== "ack" && frame.t !== "nack") continue;
      if (!heard.has(frame.id)) heard.set(frame.id, clock.monotonic());
    }
  }
}
