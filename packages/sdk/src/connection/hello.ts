import type { HelloFrame } from "../protocol/handshake.js";
import type { Cursor } from "../protocol/ids.js";
import { LIMITS } from "../protocol/limits.js";
import { utf8Length } from "../protocol/text.js";
import { PROTOCOL_VERSION } from "../protocol/version.js";

/** What this client calls itself; the server only counts it. */
const SDK_NAME = "confab-js";
/** Brackets, and a comma for the next room. */
const SPARE_BYTES = 3;

/**
 * A `hello` in the making: takes rooms as long as it stays within what a server reads before
 * `welcome`. [H1] [W4]
 */
export class Hello {
  readonly #frame: HelloFrame;
  #bytes: number;

  constructor(token: string, client: string) {
    this.#frame = {
      t: "hello",
      v: PROTOCOL_VERSION,
      token,
      client,
      sdk: SDK_NAME,
      caps: [],
      rooms: {},
    };
    this.#bytes = utf8Length(this.encode()) + SPARE_BYTES;
  }

  /** Whether one more room would still fit. */
  fits(room: string, ref: number, cursor: Cursor | undefined): boolean {
    return this.#bytes + costOf(room, ref, cursor) <= LIMITS.greetingMaxBytes;
  }

  /** Follows the room from the first frame on. */
  add(room: string, ref: number, cursor: Cursor | undefined): void {
    this.#bytes += costOf(room, ref, cursor);
    this.#frame.rooms[room] = cursor === undefined ? { ref } : { ref, cur: cursor };
  }

  encode(): string {
    return JSON.stringify(this.#frame);
  }
}

function costOf(room: string, ref: number, cur: Cursor | undefined): number {
  return JSON.stringify({ [room]: { ref, cur } }).length;
}
