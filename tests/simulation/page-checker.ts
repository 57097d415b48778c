import type { HistoryPage, MessageRow, ThreadPage } from "@confab/sdk/protocol";
import type { FoldedRow } from "./log-fold.js";
import type { Lineage } from "./log-oracle.js";
import { demand } from "./violation.js";
import { demandRows } from "./wire-row.js";
import type { World } from "./world.js";

interface PageQuery {
  readonly limit: number;
  readonly before?: number;
}

/** Pages as they leave the server: exactly the rows of the log at `asOf`. [I5] [I20] [L10] */
export class PageChecker {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  history(room: string, query: PageQuery, page: HistoryPage): void {
    this.#world.counters.add("history page loaded");
    const log = this.#log(room, page);
    const ids = log.fold.shown.flatMap((seq) => log.at(seq)?.id ?? []);
    this.#demandNewest(`page of ${room}`, log, ids, query, page);
  }

  thread(room: string, query: PageQuery, page: ThreadPage): void {
    this.#world.counters.add("thread page loaded");
    const log = this.#log(room, page);
    const root = log.fold.row(page.root.id, page.asOf);
    demandRows(`root in ${room}`, [page.root], root === undefined ? [] : [root]);
    this.#demandNewest(`thread in ${room}`, log, log.fold.replies(page.root.id), query, page);
  }

  pins(room: string, page: HistoryPage): void {
    const log = this.#log(room, page);
    const rows = rowsOf(log, [...log.fold.rows()], page.asOf).filter((row) => row.isPinned);
    const ascending = rows.sort((one, two) => one.seq - two.seq);
    const sent = [...page.messages].sort((one, two) => one.seq - two.seq);
    demandRows(`pins of ${room}`, sent, ascending.slice(-100));
  }

  /** One message, read at some moment that is not told: it looks as it did at one. */
  message(room: string, row: MessageRow): void {
    this.#world.oracle.at(room, row.rev);
    const due = this.#world.oracle.current(room).fold.row(row.id, row.rev);
    demandRows(`message of ${room}`, [row], due === undefined ? [] : [due]);
  }

  #log(room: string, { asOf, epoch }: HistoryPage): Lineage {
    const { oracle } = this.#world;
    oracle.at(room, asOf);
    demand(epoch === oracle.epoch(room), "I20", () => `${room} page of another epoch`);
    return oracle.current(room);
  }

  #demandNewest(
    what: string,
    log: Lineage,
    ids: readonly string[],
    { before = Number.POSITIVE_INFINITY, limit }: PageQuery,
    { messages, asOf, hasMore }: HistoryPage,
  ): void {
    const older = rowsOf(log, ids, asOf).filter((row) => row.seq < before);
    const rows = older.slice(-limit);
    demandRows(`${what} as of ${String(asOf)}`, messages, rows);
    demand(hasMore === older.length > rows.length, "I5", () => `${what} says hasMore wrongly`);
  }
}

function rowsOf({ fold }: Lineage, ids: readonly string[], asOf: number): FoldedRow[] {
  return ids.flatMap((id) => fold.row(id, asOf) ?? []);
}
