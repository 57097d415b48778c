import type { OpenTransport } from "@confab/sdk/testing";
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
  readonly #who: string;
  readonly #openTransport: OpenTransport;
  #stoppedBy: number | undefined;
  #wasRefused = false;

  constructor(world: World, clock: ProcessClock, who: string, openTransport: OpenTransport) {
    this.#world = world;
    this.#clock = clock;
    this.#who = who;
    this.#openTransport = openTransport;
  }

  /** Whether the client was told to stop for good. */
  get isStopped(): boolean {
    return this.#stoppedBy !== undefined;
  }

  /** Give this to the client's platform. */
  readonly open: OpenTransport = (url, handlers) => {
    this.#world.check(() => {
      demand(
        this.#stoppedBy === undefined,
        "I24",
        () => `${this.#who} connects again after ${String(this.#stoppedBy)}`,
      );
    });
    // A line the client has closed reports nothing, also not what waited while it was frozen.
    let isOpen = true;
    const report = (task: () => void): void => {
      this.#clock.deliver(() => {
        if (isOpen) task();
      });
    };
    const transport = this.#openTransport(url, {
      onOpen: () => {
        report(() => {
          if (this.#wasRefused) this.#world.counters.add("token refused, then another one");
          this.#wasRefused = false;
          handlers.onOpen();
        });
      },
      onMessage: (text) => {
        report(() => {
          this.#world.note(this.#who, `hears ${text.slice(0, 80)}`);
          handlers.onMessage(text);
        });
      },
      onClose: (code) => {
        report(() => {
          isOpen = false;
          this.#world.note(this.#who, `closed with ${String(code)}`);
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
      ...transport,
      close: () => {
        isOpen = false;
        transport.close();
      },
    };
  };
}
