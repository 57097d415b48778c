import type { DownFrame, UpFrame } from "@confab/sdk/protocol";
import { LIMITS } from "@confab/sdk/protocol";
import { demand } from "./violation.js";
import type { World } from "./world.js";

type ReadingFrame = Extract<
  DownFrame,
  { t: "synced" | "room" | "receipt" | "typing" | "presence" }
>;

/** A typing frame is passed on at once or never. [I18] */
const TYPING_DELAY_MAX_MS = 1_000;

/** Read positions, room lists and typing on one connection. [I11] [I16] [I18] */
export class ReadingChecker {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  received(frame: Extract<UpFrame, { t: "read" | "typing" }>, userId: string): void {
    if (frame.t !== "typing") return;
    this.#world.typing.set(`${userId} ${frame.room}`, this.#world.clock.monotonic());
  }

  sent(frame: ReadingFrame, userId: string): void {
    const { room } = frame;
    switch (frame.t) {
      case "synced":
        if (frame.read !== undefined) this.#position(room, userId, frame.read);
        for (const { user, ...position } of frame.receipts) this.#position(room, user, position);
        return;
      case "receipt":
        return this.#position(room, frame.user, frame);
      case "room":
        return this.#listed(frame, userId);
      case "typing":
        return this.#typing(frame, userId);
      case "presence":
    }
  }

  #position(room: string, user: string, { seq, count }: { seq: number; count: number }): void {
    const { oracle } = this.#world;
    oracle.at(room, seq);
    const { fold, head } = oracle.current(room);
    demand(seq <= head, "I16", () => `${user} has read ${room} beyond its head`);
    const due = fold.shown.filter((shown) => shown <= seq).length;
    demand(count === due, "I11", () => `${user} in ${room}: ${count} read at ${seq}, not ${due}`);
  }

  #listed(frame: ReadingFrame & { t: "room" }, userId: string): void {
    const { room, head, count, last, readSeq, readCount } = frame;
    const { oracle } = this.#world;
    oracle.at(room, head);
    const { fold, events } = oracle.current(room);
    const shown = fold.shown.filter((seq) => seq <= head);
    demand(count === shown.length, "I11", () => `${room} listed with ${count} of ${shown.length}`);
    const newest = fold.row(events[(shown.at(-1) ?? 0) - 1]?.id ?? "", head);
    const isLast = last?.id === newest?.id && last?.body === newest?.body;
    demand(isLast, "I11", () => `${room} is listed to ${userId} with another last message`);
    // Who has read nothing and said nothing has nothing unread.
    const isMember = readSeq > 0;
    if (!isMember) {
      const isNothing = readCount === count && frame.mentions === 0;
      return demand(isNothing, "I11", () => `${room} is unread for ${userId}, who never read it`);
    }
    this.#position(room, userId, { seq: readSeq, count: readCount });
    const unread = [...fold.rows()].flatMap((id) => fold.row(id, head) ?? []);
    const due = unread.filter((row) => row.seq > readSeq && row.mentions.includes(userId)).length;
    demand(frame.mentions === due, "I11", () => `${room}: ${frame.mentions} mentions, not ${due}`);
  }

  #typing(frame: ReadingFrame & { t: "typing" }, userId: string): void {
    const { clock, typing } = this.#world;
    const saidAt = typing.get(`${frame.user} ${frame.room}`) ?? Number.NEGATIVE_INFINITY;
    const isFresh = clock.monotonic() - saidAt <= TYPING_DELAY_MAX_MS;
    demand(isFresh, "I18", () => `${userId} hears of typing that is long over`);
    demand(frame.user !== userId, "I18", () => `${userId} hears of their own typing`);
    demand(frame.ttl <= LIMITS.typingTtlMs, "I18", () => `typing lasts ${String(frame.ttl)} ms`);
  }
}
