import type { MemberReceipt } from "@confab/sdk/protocol";
import type { RoomView } from "../../auth/room-view.js";
import type { Database } from "../database.js";
import type { ListedRoom, Reading } from "../storage.js";
import { prepareFindPosition } from "./find-position.js";
import { prepareReadingStatements, type StoredLast } from "./reading-statements.js";
import { inOneMoment } from "./one-moment.js";

/** Code points of the newest message that a room list shows. */
const LAST_BODY_MAX_CODE_POINTS = 200;

/**
 * Reads what people have read, each method one moment of the database. @throws whatever SQLite
 * throws, and when the room of a view is not in the database.
 */
export class ReadingReader {
  readonly #database: Database;
  readonly #findPosition: ReturnType<typeof prepareFindPosition>;
  readonly #statements: ReturnType<typeof prepareReadingStatements>;

  constructor(database: Database) {
    this.#database = database;
    this.#findPosition = prepareFindPosition(database.query);
    this.#statements = prepareReadingStatements(database.query);
  }

  reading(view: RoomView, user: string): Reading {
    return inOneMoment(this.#database, () => this.#reading(view, user));
  }

  receipts(view: RoomView, maxMembers: number): readonly MemberReceipt[] | undefined {
    const found = this.#statements.registers.all({ room: view.room.id, limit: maxMembers + 1 });
    if (found.length > maxMembers) return undefined;
    return found.flatMap(({ user, seq, count }) =>
      seq === null || count === null ? [] : [{ user, seq, count }],
    );
  }

  roomsOf(user: string, maxRooms: number): readonly string[] {
    return this.#statements.roomsOf.all({ user, limit: maxRooms }).map(({ room }) => room);
  }

  listed(view: RoomView, user: string): ListedRoom {
    return inOneMoment(this.#database, () => {
      const { head, count } = this.#findPosition(view);
      const { read, mentions } = this.#reading(view, user);
      const last = this.#statements.last.get({ room: view.room.id, from: view.historyFrom });
      return {
        room: view.room.id,
        room_info: view.room,
        head,
        count,
        ...(last !== undefined && { last: toLast(last) }),
        readSeq: read?.seq ?? 0,
        // Without a register nothing is unread. [R2]
        readCount: read?.count ?? count,
        mentions,
      };
    });
  }

  #reading(view: RoomView, user: string): Reading {
    const room = view.room.id;
    const register = this.#statements.register.get({ room, user });
    const { seq = null, count = null } = register ?? {};
    if (seq === null || count === null) return { unread: 0, mentions: 0 };
    const read = { seq, count };
    const mentioned = this.#statements.mentionsAfter.get({ room, user, seq: read.seq });
    const unread = this.#findPosition(view).count - read.count;
    return { read, unread, mentions: mentioned?.mentions ?? 0 };
  }
}

function toLast({ author, body, deletedAt, ...last }: StoredLast): ListedRoom["last"] & object {
  return {
    ...last,
    author: JSON.parse(author) as NonNullable<ListedRoom["last"]>["author"],
    body: [...body.slice(0, 2 * LAST_BODY_MAX_CODE_POINTS)]
      .slice(0, LAST_BODY_MAX_CODE_POINTS)
      .join(""),
    ...(deletedAt !== null && { deletedAt }),
  };
}
