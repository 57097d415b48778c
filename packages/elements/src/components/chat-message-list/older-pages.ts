import type { TimelineItem } from "@confab/sdk";
import type { HistoryEdge } from "./list-panels.js";

/** What is known of the older end of a timeline. */
export interface OlderEnd {
  readonly items: readonly TimelineItem[];
  readonly hasOlder: boolean;
  readonly older: "idle" | "loading" | "failed";
}

/** Asks for older pages once per state of the edge: never again after one that brought nothing. */
export class OlderPages {
  #asked = "";

  reset(): void {
    this.#asked = "";
  }

  /** Whether this state of the edge was never asked about. */
  isNews(end: OlderEnd): boolean {
    return end.hasOlder && end.older === "idle" && this.#asked !== tokenOf(end);
  }

  /** Remembers that this state was asked about. */
  asked(end: OlderEnd): void {
    this.#asked = tokenOf(end);
  }

  /**
   * What stands above the first of the rows, `start` being its index. Rows still in memory come by
   * themselves, so the edge keeps its height and shows the same as while loading.
   */
  edge(end: OlderEnd, start: number): HistoryEdge {
    if (start > 0 || end.older === "loading") return "loading";
    if (!end.hasOlder) return "start";
    if (end.older === "failed") return "failed";
    return this.#asked === tokenOf(end) ? "more" : "loading";
  }
}

function tokenOf({ items }: OlderEnd): string {
  return `${items[0]?.key ?? ""}:${items.length}`;
}
