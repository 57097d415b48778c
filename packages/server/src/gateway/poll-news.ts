import type { DownFrame } from "@confab/sdk/protocol";

/**
 * Decides when a waiting request is answered: once every room has caught up and the room list was
 * sent, and then as soon as there is something its client cannot know yet, or its wait is over.
 */
export class PollNews {
  readonly #unsynced: Set<string>;
  #isListed = false;
  #isWaitOver = false;
  #hasNews = false;

  constructor(roomIds: readonly string[]) {
    this.#unsynced = new Set(roomIds);
  }

  /** Whether it is time to answer. */
  get isDue(): boolean {
    const isComplete = this.#isListed && this.#unsynced.size === 0;
    return isComplete && (this.#hasNews || this.#isWaitOver);
  }

  /** The whole room list was sent; a room that is told from now on has changed. */
  listed(): void {
    this.#isListed = true;
  }

  waitIsOver(): void {
    this.#isWaitOver = true;
  }

  /** Takes a frame of the answer. */
  heard(frame: DownFrame): void {
    if (frame.t === "synced") this.#unsynced.delete(frame.room);
    if (frame.t === "error" && frame.room !== undefined) this.#unsynced.delete(frame.room);
    if (this.#isNews(frame)) this.#hasNews = true;
  }

  #isNews(frame: DownFrame): boolean {
    switch (frame.t) {
      case "reset":
      case "ev":
      case "error":
      case "receipt":
      case "typing":
        return true;
      case "room":
        return this.#isListed;
      case "presence":
        // Who is here is told to everybody who comes.
        return !frame.full && frame.changes !== undefined;
      default:
        return false;
    }
  }
}
