import type { UpFrame } from "./protocol/frames.js";
import type { HelloFrame } from "./protocol/handshake.js";
import type { Cursor } from "./protocol/ids.js";
import { PROTOCOL_VERSION } from "./protocol/version.js";

/**
 * Rooms asked for in the `hello`; the others follow after `welcome`. With the longest token and the
 * longest ids this stays within what a server reads before it knows somebody. [H1] [W4]
 */
const GREETED_MAX_ROOMS = 16;

/** What this client calls itself; the server only counts it. */
const SDK_NAME = "confab-js";

/** What asks for rooms, and what it says them on. */
interface SubscribingClient {
  /** The rooms that are wanted subscribe, at most so many. */
  readonly rooms: { subscribe(maxCount?: number): void };
  send(frame: UpFrame): void;
}

/** The asking for rooms: within the greeting, and after it. */
export class Subscriptions {
  readonly #client: SubscribingClient;
  readonly #clientId: string;
  /** Rooms of the `hello` being made, which take subscriptions instead of the line. */
  #greeted: HelloFrame["rooms"] | undefined;
  /** Number of the newest subscription. [L6] */
  lastRef = 0;

  /** `clientId` is the random id of this client instance. */
  constructor(client: SubscribingClient, clientId: string) {
    this.#client = client;
    this.#clientId = clientId;
  }

  subscribe(room: string, ref: number, cur: Cursor | undefined): void {
    this.lastRef = ref;
    const subscription = cur ? { ref, cur } : { ref };
    if (this.#greeted) this.#greeted[room] = subscription;
    else this.#client.send({ t: "sub", room, ...subscription });
  }

  /** The `hello` for this token, encoded. [H1] */
  greeting(token: string): string {
    const rooms: HelloFrame["rooms"] = {};
    this.#greeted = rooms;
    this.#client.rooms.subscribe(GREETED_MAX_ROOMS);
    this.#greeted = undefined;
    const hello: HelloFrame = {
      t: "hello",
      v: PROTOCOL_VERSION,
      token,
      client: this.#clientId,
      sdk: SDK_NAME,
      caps: [],
      rooms,
    };
    return JSON.stringify(hello);
  }
}
