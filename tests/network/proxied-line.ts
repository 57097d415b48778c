import type { Socket } from "node:net";
import { Lane } from "./lane.js";

/** `up` is towards the server, `down` towards the client. */
export type Direction = "up" | "down";

/** How a connection ends: `reset` by RST on both sides, `end` by FIN. */
export type CutKind = "reset" | "end";

interface LineParts {
  /** Asked once, when the first bytes of the client are there. */
  readonly refusesUpgrade: () => boolean;
  readonly ended: () => void;
}

const BAD_GATEWAY = "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/** One connection through the proxy, and what can be done to it. */
export class ProxiedLine {
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #lanes: Readonly<Record<Direction, Lane>>;
  readonly #parts: LineParts;
  #openSockets = 2;
  #isSwallowing = false;

  constructor(near: Socket, far: Socket, parts: LineParts) {
    this.#near = near;
    this.#far = far;
    this.#parts = parts;
    // Before the lanes, so that a refused request reaches nobody.
    near.once("data", (first: Buffer) => this.#judgeRequest(first));
    this.#lanes = { up: new Lane(near, far), down: new Lane(far, near) };
    this.#watch(near, far);
    this.#watch(far, near);
  }

  /** Whether the client has asked for a WebSocket on it. */
  isSocket = false;

  cut(kind: CutKind): void {
    for (const socket of [this.#near, this.#far]) {
      if (kind === "reset") socket.resetAndDestroy();
      else socket.end();
    }
    if (kind === "end") {
      this.#lanes.up.drop();
      this.#lanes.down.drop();
    }
  }

  /** Lets this many more bytes through in one direction, then cuts, in the middle of anything. */
  cutAfter(direction: Direction, bytes: number, kind: CutKind): void {
    this.#lanes[direction].limit(bytes, () => this.cut(kind));
  }

  /** Holds everything back in one direction until `resume`. */
  stall(direction: Direction): void {
    this.#lanes[direction].stall();
  }

  resume(): void {
    for (const lane of Object.values(this.#lanes)) {
      lane.resume();
      lane.setRate(Number.POSITIVE_INFINITY);
    }
  }

  /** Lets so many bytes a second through, each way. */
  throttle(bytesPerSecond: number): void {
    for (const lane of Object.values(this.#lanes)) lane.setRate(bytesPerSecond);
  }

  /** Half-open: from now on one direction loses everything, and neither end is told anything. */
  swallow(direction: Direction): void {
    this.#isSwallowing = true;
    this.#lanes[direction].drop();
  }

  #judgeRequest(first: Buffer): void {
    this.isSocket = /\r\nupgrade: *websocket/i.test(first.toString("latin1"));
    if (!this.isSocket || !this.#parts.refusesUpgrade()) return;
    this.#lanes.up.drop();
    this.#far.destroy();
    this.#near.end(BAD_GATEWAY);
  }

  #watch(one: Socket, other: Socket): void {
    one.on("error", () => one.destroy());
    one.on("close", () => {
      this.#openSockets -= 1;
      if (!this.#isSwallowing) other.destroySoon();
      if (this.#openSockets === 0) this.#parts.ended();
    });
  }
}
