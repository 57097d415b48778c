import type { DownFrame } from "@confab/sdk/protocol";
import type { Socket } from "./socket.js";

/** Hears what a session says to a socket that is none. */
export interface PollListener {
  /** All frames of one message. */
  readonly onFrames: (frames: readonly DownFrame[]) => void;
  readonly onClose: (code: number) => void;
}

/**
 * The socket of a client that has none: what it is sent is collected for the answer to a request.
 * It takes everything at once, since whoever listens ends it before it has taken too much.
 */
export class PollSocket implements Socket {
  readonly #listener: PollListener;
  #bytes = 0;

  constructor(listener: PollListener) {
    this.#listener = listener;
  }

  /** Bytes sent so far. */
  get bytes(): number {
    return this.#bytes;
  }

  send(message: string): void {
    this.#bytes += Buffer.byteLength(message);
    this.#listener.onFrames(JSON.parse(message) as DownFrame[]);
  }

  bufferedBytes(): number {
    return 0;
  }

  close(code: number): void {
    this.#listener.onClose(code);
  }

  terminate(): void {
    // Nothing is left open: a request is answered when its session closes.
  }

  pause(): void {
    // One request holds no more than a session may have under way.
  }

  resume(): void {
    // See `pause`.
  }
}
