import { packBatches } from "@confab/sdk/protocol";
import type { Cancel, Clock } from "../platform/clock.js";
import type { FlushTurn } from "./flush-turn.js";
import type { Frame } from "./frame.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { Socket } from "./socket.js";

/** What a send queue is made of. */
export interface SendQueueParts {
  readonly socket: Socket;
  readonly clock: Clock;
  readonly turn: FlushTurn;
  readonly limits: GatewayLimits;
  /** Called once when the other side does not take what it is sent. [V3] */
  readonly onSlow: () => void;
}

/**
 * A turn's frames that the network has not taken yet: where they end in the stream of bytes, how
 * many, since when.
 */
interface UnderWay {
  readonly endByte: number;
  readonly frameCount: number;
  readonly since: number;
}

/**
 * Outgoing frames of one socket: collected during a turn, packed into as few messages as the
 * protocol allows, and bounded. Being slow is judged by what earlier turns have left behind, so a
 * large burst to a quick client is no fault. [V3] [W2]
 */
export class SendQueue {
  readonly #parts: SendQueueParts;
  #frames: Frame[] = [];
  #bytes = 0;
  #sentBytes = 0;
  #underWay: UnderWay[] = [];
  #cancelAgeCheck: Cancel | undefined;
  #isClosed = false;

  constructor(parts: SendQueueParts) {
    this.#parts = parts;
  }

  /** Bytes that still have to leave this process. */
  get queuedBytes(): number {
    return this.#bytes + this.#parts.socket.bufferedBytes();
  }

  /**
   * Whether so much is under way that nothing should be added which can wait: reading on would make
   * a slow consumer of a client that is only far away. [V3]
   */
  get isHalfFull(): boolean {
    const { limits, socket } = this.#parts;
    this.#forgetTaken(socket.bufferedBytes());
    return (
      this.queuedBytes > limits.sendQueueMaxBytes / 2 ||
      this.#frames.length + this.#underWayCount() > limits.sendQueueMaxFrames / 2
    );
  }

  /** Sends the frame at the end of this turn. */
  enqueue(frame: Frame): void {
    if (this.#isClosed) return;
    if (this.#frames.length === 0) this.#parts.turn.add(this);
    this.#frames.push(frame);
    this.#bytes += frame.bytes + 1;
  }

  /** Sends what was collected. Called at the end of the turn, and before closing. */
  flush(): void {
    if (this.#isClosed || this.#frames.length === 0) return;
    const { socket, clock } = this.#parts;
    this.#forgetTaken(socket.bufferedBytes());
    const frames = this.#frames;
    this.#frames = [];
    this.#sentBytes += this.#bytes;
    this.#underWay.push({
      endByte: this.#sentBytes,
      frameCount: frames.length,
      since: clock.monotonic(),
    });
    this.#bytes = 0;
    for (const message of pack(frames)) socket.send(message);
    this.#judge();
  }

  /** Sends nothing more and forgets everything. */
  close(): void {
    this.#isClosed = true;
    this.#frames = [];
    this.#underWay = [];
    this.#cancelAgeCheck?.();
  }

  /**
   * Drops the records of everything the network has taken. Brackets and headers make the count run
   * a little early.
   */
  #forgetTaken(bufferedBytes: number): void {
    const takenUpTo = this.#sentBytes - bufferedBytes;
    const first = this.#underWay.findIndex(({ endByte }) => endByte > takenUpTo);
    this.#underWay = first === -1 || bufferedBytes === 0 ? [] : this.#underWay.slice(first);
  }

  #judge(): void {
    const { socket, clock, limits, onSlow } = this.#parts;
    const buffered = socket.bufferedBytes();
    const [oldest] = this.#underWay;
    if (buffered === 0 || oldest === undefined) return;
    const hasLeftover = this.#underWay.length > 1;
    const ageMs = clock.monotonic() - oldest.since;
    const isFull =
      buffered > limits.sendQueueMaxBytes || this.#underWayCount() > limits.sendQueueMaxFrames;
    if ((hasLeftover && isFull) || ageMs >= limits.sendQueueMaxAgeMs) onSlow();
    else this.#checkAgeLater(limits.sendQueueMaxAgeMs - ageMs);
  }

  #underWayCount(): number {
    return this.#underWay.reduce((sum, { frameCount }) => sum + frameCount, 0);
  }

  #checkAgeLater(delayMs: number): void {
    this.#cancelAgeCheck ??= this.#parts.clock.after(delayMs, () => {
      this.#cancelAgeCheck = undefined;
      if (this.#isClosed) return;
      this.#forgetTaken(this.#parts.socket.bufferedBytes());
      this.#judge();
    });
  }
}

/** Packs a turn's frames, or takes what another socket has packed from the very same ones. */
function pack(frames: Frame[]): readonly string[] {
  const [first] = frames;
  if (first === undefined) return [];
  if (first.packed !== undefined && areSame(first.packed.frames, frames)) {
    return first.packed.messages;
  }
  const messages =
    frames.length === 1 ? [`[${first.text}]`] : packBatches(frames.map(({ text }) => text));
  first.packed = { frames, messages };
  return messages;
}

function areSame(left: readonly Frame[], right: readonly Frame[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) {
    if (left[index] !== right[index]) return false;
  }
  return true;
}
