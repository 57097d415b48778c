import type { HistoryWriter } from "../history-writer.js";

/** What every client needs to know of the world. */
export interface ClientPlaces {
  /** The server, by way of the proxy. */
  readonly url: string;
  readonly pageUrl: string;
  readonly tokenUrl: (user: string) => string;
  readonly rooms: readonly string[];
  readonly users: readonly string[];
  readonly seed: string;
  readonly history: HistoryWriter;
}
