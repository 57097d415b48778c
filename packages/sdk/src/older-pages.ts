import { ChatError } from "./errors.js";
import type { FetchPage, PageOutcome } from "./history-client.js";
import type { HistoryPage } from "./protocol/history.js";
import type { Turns } from "./turns.js";

/** A page that cannot be brought up to date is asked for again this often. [L10] */
const ASKS_MAX_COUNT = 3;

/** What loading older pages needs of its room. */
export interface OlderPagesPorts {
  readonly room: string;
  readonly fetchPage: FetchPage;
  readonly turns: Turns;
  /** Oldest seq held, or nothing when there is nothing older to ask for. */
  readonly oldestSeq: () => number | undefined;
  readonly merge: (page: HistoryPage, before: number) => "merged" | "stale";
  readonly changed: () => void;
}

/** Loads older pages of one room, one request at a time: a second call joins the first. */
export class OlderPages {
  readonly #ports: OlderPagesPorts;
  #status: "idle" | "loading" | "failed" = "idle";
  #current: Promise<void> | undefined;
  #finish: (error?: ChatError) => void = () => undefined;

  constructor(ports: OlderPagesPorts) {
    this.#ports = ports;
  }

  get status(): "idle" | "loading" | "failed" {
    return this.#status;
  }

  /** Resolves when the page is in the window; rejects with a `ChatError`. */
  load(): Promise<void> {
    if (this.#current !== undefined) return this.#current;
    const current = new Promise<void>((resolve, reject) => {
      this.#finish = (error) => {
        if (error === undefined) resolve();
        else reject(error);
      };
    });
    this.#current = current;
    this.#ports.turns.run(() => {
      this.#ask(ASKS_MAX_COUNT);
    });
    return current;
  }

  /** Whoever waits is told that nothing will come. */
  close(error: ChatError): void {
    if (this.#current !== undefined) this.#end("failed", error);
  }

  #ask(asksLeft: number): void {
    const { room, fetchPage, turns, oldestSeq } = this.#ports;
    const before = oldestSeq();
    if (before === undefined) {
      this.#end("idle");
      return;
    }
    this.#status = "loading";
    this.#ports.changed();
    fetchPage(room, before, (outcome) => {
      turns.run(() => {
        this.#take(outcome, before, asksLeft - 1);
      });
    });
  }

  #take(outcome: PageOutcome, before: number, asksLeft: number): void {
    if (this.#current === undefined) return;
    if ("error" in outcome) {
      this.#end("failed", outcome.error);
      return;
    }
    if (this.#ports.merge(outcome.page, before) === "merged") this.#end("idle");
    else if (asksLeft > 0) this.#ask(asksLeft);
    else this.#end("failed", new ChatError("unavailable", OUTDATED));
  }

  #end(status: "idle" | "failed", error?: ChatError): void {
    this.#status = status;
    this.#current = undefined;
    this.#ports.changed();
    this.#finish(error);
  }
}

const OUTDATED = "unable to load older messages; the pages that came were out of date";
