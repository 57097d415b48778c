import type { DownFrame, UpFrame } from "@confab/sdk/protocol";
import type { VirtualPeer } from "@confab/sdk/testing";
import type { Session, Socket } from "@confab/server/testing";
import type { ProcessClock } from "./process-clock.js";
import { WireChecker } from "./wire-checker.js";
import type { World } from "./world.js";

/** The server's end of one virtual line, with a checker that reads everything on it. */
export class WatchedSocket implements Socket {
  readonly #world: World;
  readonly #clock: ProcessClock;
  readonly #who: string;
  readonly #peer: VirtualPeer;
  readonly #checker: WireChecker;
  /** What came while the server did not read. */
  readonly #held: string[] = [];
  #isPaused = false;
  #session: Session | undefined;

  constructor(world: World, clock: ProcessClock, who: string, peer: VirtualPeer) {
    this.#world = world;
    this.#clock = clock;
    this.#who = who;
    this.#peer = peer;
    this.#checker = new WireChecker(world);
  }

  /** Names the session that hears what arrives. */
  feed(session: Session): void {
    this.#session = session;
  }

  /** Something arrived from the client. */
  receive(text: string): void {
    if (this.#isPaused) {
      this.#held.push(text);
      return;
    }
    if (!this.#clock.isAlive) return;
    this.#world.note("server", `< ${this.#who} ${text}`);
    for (const frame of JSON.parse(text) as UpFrame[]) this.#checker.received(frame);
    this.#session?.receive(text);
  }

  /** The line is gone; a real socket says so a turn later. */
  closed(): void {
    this.#clock.after(0, () => {
      this.#session?.closed();
    });
  }

  send(text: string): void {
    if (!this.#clock.isAlive) return;
    this.#world.note("server", `> ${this.#who} ${text}`);
    for (const frame of JSON.parse(text) as DownFrame[]) {
      this.#world.check(() => {
        this.#checker.sent(frame);
      });
    }
    this.#peer.send(text);
  }

  bufferedBytes(): number {
    return this.#peer.bufferedBytes();
  }

  close(code: number, reason: string): void {
    this.#world.note("server", `closes ${this.#who} with ${String(code)}`);
    if (code === 4001) this.#world.counters.add("slow consumer dropped");
    if (code === 4000) this.#world.counters.add("silent client given up");
    this.#peer.close(code, reason);
  }

  terminate(): void {
    this.#peer.terminate();
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    while (this.#held.length > 0 && !this.#isReadingStopped()) {
      this.receive(this.#held.shift() ?? "");
    }
  }

  /** Asked anew each time: what is read may make the server stop reading. */
  #isReadingStopped(): boolean {
    return this.#isPaused;
  }
}
