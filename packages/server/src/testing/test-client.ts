import { SUBPROTOCOL, type DownFrame } from "@confab/sdk/protocol";
import { WebSocket } from "ws";

/** How long a test waits for a frame that must come. */
const WAIT_MS = 5_000;

/**
 * A client of the wire for tests: keeps every frame, lets a test wait for one, and sends what it is
 * told.
 */
export class TestClient {
  readonly frames: DownFrame[] = [];
  /** Text of every message received. */
  readonly messages: string[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly socket: WebSocket;
  #wakeUp: (() => void)[] = [];
  #readUpTo = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      const text = (data as Buffer).toString();
      this.messages.push(text);
      this.frames.push(...(JSON.parse(text) as DownFrame[]));
      this.#notify();
    });
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.#notify();
      });
    });
    socket.on("error", () => undefined);
  }

  /** Connects to `ws://…/v1/ws`. */
  static async connect(url: string, options: { headers?: Record<string, string> } = {}) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/v1/ws`, [SUBPROTOCOL], options);
    const client = new TestClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return client;
  }

  send(...frames: readonly object[]): void {
    this.socket.send(JSON.stringify(frames));
  }

  /** Waits for the next frame of this type that no earlier call has returned. */
  async next<Type extends DownFrame["t"]>(
    type: Type,
    matches: (frame: Extract<DownFrame, { t: Type }>) => boolean = () => true,
  ): Promise<Extract<DownFrame, { t: Type }>> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      for (let index = this.#readUpTo; index < this.frames.length; index += 1) {
        const frame = this.frames[index] as Extract<DownFrame, { t: Type }>;
        if (frame.t === type && matches(frame)) {
          this.#readUpTo = index + 1;
          return frame;
        }
      }
      if (Date.now() > deadline) throw new Error(`no ${type} frame came`);
      await this.#anything();
    }
  }

  terminate(): void {
    this.socket.terminate();
  }

  #anything(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 100);
      this.#wakeUp.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #notify(): void {
    const waiting = this.#wakeUp;
    this.#wakeUp = [];
    for (const wakeUp of waiting) wakeUp();
  }
}
