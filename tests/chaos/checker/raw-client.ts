import { randomBytes } from "node:crypto";
import WebSocket from "ws";

/** A frame as it comes from the wire, looked at by nobody before. */
export type RawFrame = Readonly<Record<string, unknown>> & { readonly t: string };

/** A position to resume from. */
export interface RawCursor {
  readonly epoch: string;
  readonly seq: number;
  readonly chain: string;
}

const ANSWER_MAX_MS = 15_000;

/** A client of twenty lines, written from the protocol page and using nothing of the SDK. */
export class RawClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Follows one room from a cursor, and gives every frame of it up to `synced`. */
  async follow(room: string, cursor: RawCursor): Promise<RawFrame[]> {
    const socket = new WebSocket(`${this.#url.replace("http", "ws")}/v1/ws`, "confab.v1");
    const frames: RawFrame[] = [];
    const hello = {
      t: "hello",
      v: 1,
      token: this.#token,
      client: randomBytes(8).toString("hex"),
      sdk: "chaos/1",
      caps: [],
      rooms: { [room]: { ref: 1, cur: cursor } },
    };
    try {
      await new Promise<void>((resolve, reject) => {
        const tooLate = setTimeout(() => reject(new Error("no synced in time")), ANSWER_MAX_MS);
        socket.on("open", () => socket.send(JSON.stringify([hello])));
        socket.on("error", reject);
        socket.on("close", (code) => reject(new Error(`closed with ${String(code)}`)));
        socket.on("message", (data: Buffer) => {
          frames.push(...(JSON.parse(data.toString()) as RawFrame[]));
          if (!frames.some(({ t }) => t === "synced" || t === "error")) return;
          clearTimeout(tooLate);
          resolve();
        });
      });
    } finally {
      socket.removeAllListeners("close");
      socket.on("error", () => undefined);
      socket.terminate();
    }
    return frames.filter((frame) => frame["room"] === room);
  }

  /** Gets JSON by HTTP. */
  async get(path: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const response = await fetch(`${this.#url}${path}`, { headers });
    if (!response.ok) throw new Error(`${path} answered ${String(response.status)}`);
    return response.json();
  }
}
