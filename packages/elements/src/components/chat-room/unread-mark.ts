import type { RoomState } from "@confab/sdk";
import type { ReactiveController, ReactiveControllerHost } from "lit";

/**
 * Where the line above what is new stands: below what was read when the room was opened, or when
 * the page was last hidden. It stays there while the reader reads, and goes when they write.
 */
export class UnreadMark implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #room = "";
  #state: RoomState | undefined;
  #isPlaced = false;
  #after: number | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** The seq the line stands below; undefined for no line. */
  get after(): number | undefined {
    return this.#after;
  }

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener("visibilitychange", this.#onVisibility);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener("visibilitychange", this.#onVisibility);
  }

  /** The room as it is now; the first time it is live places the line. */
  look(room: string, state: RoomState | undefined): void {
    if (room !== this.#room) {
      this.#room = room;
      this.#isPlaced = false;
      this.#after = undefined;
    }
    this.#state = state;
    if (!this.#isPlaced && state?.status === "live") this.#place();
  }

  /** What one has answered is not new. */
  remove(): void {
    this.#after = undefined;
    this.#host.requestUpdate();
  }

  #place(): void {
    this.#isPlaced = true;
    this.#after = this.#state?.readSeq;
  }

  /** Whoever comes back finds what came meanwhile below the line. */
  readonly #onVisibility = (): void => {
    if (this.#host.ownerDocument.visibilityState !== "hidden") return;
    this.#place();
    this.#host.requestUpdate();
  };
}
