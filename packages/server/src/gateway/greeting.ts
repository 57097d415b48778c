import type { HelloFrame } from "@confab/sdk/protocol";
import type { LiveFrame } from "./decode-frame.js";

/** What a client has said before it was welcomed. */
export class Greeting {
  readonly #maxHeldFrames: number;
  #hello: HelloFrame | undefined;
  #held: LiveFrame[] = [];

  constructor(maxHeldFrames: number) {
    this.#maxHeldFrames = maxHeldFrames;
  }

  /** The token to verify; empty before a `hello`. */
  get token(): string {
    return this.#hello?.token ?? "";
  }

  /** The client instance's own id; empty before a `hello`. */
  get client(): string {
    return this.#hello?.client ?? "";
  }

  /** Takes the first `hello`. */
  hear(hello: HelloFrame): void {
    this.#hello ??= hello;
  }

  /** Keeps a frame for later. False when too many are kept already. */
  hold(frame: LiveFrame): boolean {
    if (this.#held.length >= this.#maxHeldFrames) return false;
    this.#held.push(frame);
    return true;
  }

  /**
   * Everything to act on once the client is welcome, in order: the rooms of the `hello`, then the
   * kept frames. Forgets all.
   */
  takeFrames(): LiveFrame[] {
    const rooms = Object.entries(this.#hello?.rooms ?? {});
    const subscriptions = rooms.map(([room, start]): LiveFrame => ({ t: "sub", room, ...start }));
    const frames = [...subscriptions, ...this.#held];
    this.forget();
    return frames;
  }

  /** Lets go of the token and of everything kept. */
  forget(): void {
    this.#hello = undefined;
    this.#held = [];
  }
}
