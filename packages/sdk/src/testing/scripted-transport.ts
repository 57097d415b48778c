import type { OpenTransport, Transport, TransportHandlers } from "../connection/transport.js";
import type { DownFrame, UpFrame } from "../protocol/frames.js";
import type { OpFrame } from "../protocol/operations.js";

/**
 * One attempt of a client, played by a test: it says what happens, and reads what the client sent.
 */
export class ScriptedSocket implements Transport {
  readonly url: string;
  /** The messages as sent, undecoded. */
  readonly messages: string[] = [];
  readonly #handlers: TransportHandlers;
  #isOver = false;

  constructor(url: string, handlers: TransportHandlers) {
    this.url = url;
    this.#handlers = handlers;
  }

  /** The client let go of it, or it was closed. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Every frame sent so far. */
  get frames(): readonly UpFrame[] {
    return this.messages.flatMap((message) => JSON.parse(message) as UpFrame[]);
  }

  /** The frames of one type sent so far. */
  framesOf<Type extends UpFrame["t"]>(type: Type): readonly Extract<UpFrame, { t: Type }>[] {
    return this.frames.filter((frame): frame is Extract<UpFrame, { t: Type }> => frame.t === type);
  }

  /** The ops of one kind sent so far. */
  opsOf<Kind extends OpFrame["k"]>(kind: Kind): readonly Extract<OpFrame, { k: Kind }>[] {
    return this.framesOf("op").filter((op): op is Extract<OpFrame, { k: Kind }> => op.k === kind);
  }

  send(message: string): void {
    if (!this.#isOver) this.messages.push(message);
  }

  close(): void {
    this.#isOver = true;
  }

  /** The socket opens. */
  open(): void {
    if (!this.#isOver) this.#handlers.onOpen();
  }

  /** The server says these frames, in one message. */
  deliver(...frames: readonly DownFrame[]): void {
    this.deliverText(JSON.stringify(frames));
  }

  /** The server says this, whatever it is. */
  deliverText(message: string): void {
    if (!this.#isOver) this.#handlers.onMessage(message);
  }

  /** The socket closes. */
  fail(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handlers.onClose(code);
  }
}

/** A transport whose every attempt is played by the test. */
export class ScriptedTransport {
  /** Every attempt so far, oldest first. */
  readonly sockets: ScriptedSocket[] = [];

  /** Give this to the platform. */
  readonly openTransport: OpenTransport = (url, handlers) => {
    const socket = new ScriptedSocket(url, handlers);
    this.sockets.push(socket);
    return socket;
  };

  /** The newest attempt. Throws when there was none. */
  get socket(): ScriptedSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error("no attempt was made");
    return socket;
  }
}
