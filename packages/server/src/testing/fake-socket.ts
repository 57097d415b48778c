import type { DownFrame } from "@confab/sdk/protocol";
import type { Session } from "../gateway/session.js";
import type { Socket } from "../gateway/socket.js";

/** Frames that heal themselves and have no place in the order of the others. */
const ASIDE_TYPES: ReadonlySet<DownFrame["t"]> = new Set(["room", "receipt", "typing", "presence"]);

/**
 * A socket that keeps what it is sent. Its network takes everything at once, unless it is stuck.
 */
export class FakeSocket implements Socket {
  readonly messages: string[] = [];
  readonly closes: number[] = [];
  isStuck = false;
  isPaused = false;
  isTerminated = false;
  session: Session | undefined;
  #bufferedBytes = 0;

  send(message: string): void {
    this.messages.push(message);
    if (this.isStuck) this.#bufferedBytes += Buffer.byteLength(message);
  }

  bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  close(code: number): void {
    this.closes.push(code);
  }

  terminate(): void {
    this.isTerminated = true;
    this.session?.closed();
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  /** The network takes everything that was buffered. */
  drain(): void {
    this.isStuck = false;
    this.#bufferedBytes = 0;
  }

  /** Every frame received so far. */
  get frames(): DownFrame[] {
    return this.messages.flatMap((message) => JSON.parse(message) as DownFrame[]);
  }

  /** The received frames but for those that tell of people and room lists, in their order. */
  get logFrames(): DownFrame[] {
    return this.frames.filter(({ t }) => !ASIDE_TYPES.has(t));
  }

  /** The received frames of one type. */
  framesOf<Type extends DownFrame["t"]>(type: Type): Extract<DownFrame, { t: Type }>[] {
    return this.frames.filter((frame) => frame.t === type) as Extract<DownFrame, { t: Type }>[];
  }
}
