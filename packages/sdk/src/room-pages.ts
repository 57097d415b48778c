import { errorFromCode, type ChatError } from "./errors.js";
import { isAhead, olderPath, pageRows } from "./log/merge-page.js";
import type { RoomLogInput, RoomLogState } from "./log/room-log-step.js";
import { answerTo, PageLoader, type PageFate } from "./page-loader.js";
import { readHistoryPage, readMessageRow } from "./protocol/down-guard.js";
import type { HistoryPage } from "./protocol/history.js";
import type { MessageRow } from "./protocol/model.js";
import { OP_ID_PATTERN } from "./protocol/patterns.js";
import type { RoomClient } from "./room-client.js";
import type { RoomState } from "./room-state.js";

/** The room whose messages are asked for. */
interface PagedRoom {
  readonly id: string;
  readonly log: RoomLogState;
  handle(input: RoomLogInput): void;
}

const READ = "read the message";
const READ_PINNED = "read the pinned messages";

/** What is read of a room over HTTP: older pages, single messages, and the pinned ones. */
export class RoomPages {
  readonly #room: PagedRoom;
  readonly #client: RoomClient;
  readonly #older: PageLoader<HistoryPage>;

  constructor(room: PagedRoom, client: RoomClient) {
    this.#room = room;
    this.#client = client;
    this.#older = new PageLoader(client, {
      path: () => olderPath(`${room.id}/messages`, room.log),
      purpose: "load older messages",
      read: readHistoryPage,
      take: (page) => this.#merge(page),
      changed: () => {
        client.changed(room.id);
      },
    });
  }

  /** How loading older messages stands. */
  get older(): RoomState["older"] {
    return this.#older.status;
  }

  async loadOlder(): Promise<void> {
    this.#client.assertUsable("load older messages");
    await this.#older.load();
  }

  async message(id: string): Promise<MessageRow> {
    this.#client.assertUsable(READ);
    assertOpId(id, READ);
    const { id: room, log } = this.#room;
    const held = log.status === "live" ? log.rows.findLast((row) => row.id === id) : undefined;
    return held ?? answerTo(this.#client, `${room}/messages/${id}`, READ, readMessageRow);
  }

  /** Brought up to date where that is possible. */
  async loadPinned(): Promise<readonly MessageRow[]> {
    this.#client.assertUsable(READ_PINNED);
    const path = `${this.#room.id}/pins`;
    const page = await answerTo(this.#client, path, READ_PINNED, readHistoryPage);
    const rows = pageRows(this.#room.log, page) ?? page.messages;
    return rows.filter((row) => row.pinned);
  }

  /** More is known of the room. */
  look(): void {
    this.#older.look();
  }

  /** The line ended. */
  forget(): void {
    this.#older.forget();
  }

  /** The client is closed: whoever waits is told. */
  end(error: ChatError): void {
    this.#older.close(error);
  }

  #merge(page: HistoryPage): PageFate {
    const { log } = this.#room;
    if (isAhead(log, page)) return "early";
    this.#room.handle({ t: "page", page, before: log.rows[0]?.seq ?? 0 });
    return this.#room.log === log ? "useless" : "taken";
  }
}

/** Throws `invalid`. */
export function assertOpId(id: unknown, purpose: string): void {
  if (typeof id !== "string" || !OP_ID_PATTERN.test(id)) throw errorFromCode("invalid", purpose);
}
