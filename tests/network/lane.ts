import type { Socket } from "node:net";

/** Held back bytes above this leave the rest in the sender's own buffers. */
const HELD_MAX_BYTES = 65_536;

/** A slowed lane passes its share this often. */
const SHARE_EVERY_MS = 50;

/** One direction of a connection. Bytes keep their order, whatever is done to them. */
export class Lane {
  readonly #source: Socket;
  readonly #target: Socket;
  readonly #held: Buffer[] = [];
  #heldBytes = 0;
  #bytesPerSecond = Number.POSITIVE_INFINITY;
  #bytesLeft = Number.POSITIVE_INFINITY;
  #atLimit: () => void = () => undefined;
  #isStalled = false;
  #isDropping = false;
  #hasEnded = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(source: Socket, target: Socket) {
    this.#source = source;
    this.#target = target;
    source.on("data", (chunk: Buffer) => this.#take(chunk));
    source.on("end", () => {
      this.#hasEnded = true;
      this.#pass();
    });
    source.on("close", () => clearTimeout(this.#timer));
    target.on("drain", () => this.#pass());
    target.on("connect", () => this.#pass());
  }

  /** Passes `bytes` more, then nothing; tells when they are through. */
  limit(bytes: number, atLimit: () => void): void {
    this.#bytesLeft = bytes;
    this.#atLimit = atLimit;
  }

  stall(): void {
    this.#isStalled = true;
  }

  resume(): void {
    this.#isStalled = false;
    this.#pass();
  }

  setRate(bytesPerSecond: number): void {
    this.#bytesPerSecond = bytesPerSecond;
    this.#pass();
  }

  /** Loses everything held back and everything to come. */
  drop(): void {
    this.#isDropping = true;
    this.#held.length = 0;
    this.#heldBytes = 0;
    this.#source.resume();
  }

  #take(chunk: Buffer): void {
    if (this.#isDropping) return;
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    this.#pass();
    if (this.#heldBytes > HELD_MAX_BYTES) this.#source.pause();
  }

  #pass(): void {
    const isSlow = Number.isFinite(this.#bytesPerSecond);
    if (this.#isStalled || this.#isDropping || (isSlow && this.#timer !== undefined)) return;
    const share = (this.#bytesPerSecond * SHARE_EVERY_MS) / 1_000;
    let passing = isSlow ? Math.max(1, Math.floor(share)) : Number.POSITIVE_INFINITY;
    while (this.#held.length > 0 && passing > 0 && !this.#target.writableNeedDrain) {
      const bytes = this.#next(Math.min(passing, this.#bytesLeft));
      passing -= bytes.length;
      this.#bytesLeft -= bytes.length;
      if (bytes.length > 0) this.#target.write(bytes);
      if (this.#bytesLeft > 0) continue;
      this.drop();
      this.#atLimit();
      return;
    }
    if (this.#heldBytes <= HELD_MAX_BYTES) this.#source.resume();
    if (this.#held.length > 0 && isSlow) this.#passLater();
    if (this.#held.length === 0 && this.#hasEnded) this.#target.end();
  }

  #next(maxBytes: number): Buffer {
    const first = this.#held[0] ?? Buffer.alloc(0);
    const bytes = first.subarray(0, maxBytes);
    if (bytes.length === first.length) this.#held.shift();
    else this.#held[0] = first.subarray(bytes.length);
    this.#heldBytes -= bytes.length;
    return bytes;
  }

  #passLater(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pass();
    }, SHARE_EVERY_MS);
  }
}
