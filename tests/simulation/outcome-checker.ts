import type { AckFrame, NackFrame, UpFrame } from "@confab/sdk/protocol";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** What both sides ever heard about one op. */
export interface OpRecord {
  readonly acks: Set<number>;
  nacks: number;
  /** When it reached the server first: from then on it may have been judged. */
  receivedAt?: number;
  /** The frame it came in first: every attempt sends the same. */
  frame?: string;
  wasFenced: boolean;
}

type ReceivedOp = Extract<UpFrame, { t: "op" }>;

/** The outcomes of ops on one connection. [I1] [I2] [I10] [O1] [O2] [O5] [O11] */
export class OutcomeChecker {
  readonly #world: World;
  readonly #opsHere = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** An op reached the server. */
  received(frame: ReceivedOp, userId: string): void {
    const record = this.record(frame.id);
    const { counters, clock } = this.#world;
    record.receivedAt ??= clock.monotonic();
    if (frame.k === "fence") record.wasFenced = true;
    else {
      const text = JSON.stringify(frame);
      record.frame ??= text;
      const isSame = record.frame === text;
      this.#world.check(() => {
        demand(isSame, "I2", () => `${userId} sends ${frame.id} with other words than before`);
      });
    }
    if (record.acks.size > 0 && frame.k !== "fence") counters.add("op of a known outcome again");
    this.#opsHere.add(frame.id);
  }

  acked(frame: AckFrame, userId: string): void {
    const { oracle, counters } = this.#world;
    const stored = oracle.at(frame.room, frame.seq);
    const isStored = stored?.id === frame.id && stored.at === frame.at;
    demand(isStored, "I1", () => `ack of ${frame.id} is not stored at ${frame.seq}`);
    demand(stored.by === userId, "I2", () => `${userId} hears of an op that is another's`);
    this.#demandHere(frame.id);
    const record = this.record(frame.id);
    demand(record.nacks === 0, "I10", () => `${frame.id} was nacked and is acked`);
    if (record.acks.size > 0) counters.add("duplicate ack served");
    if (record.wasFenced) counters.add("fence too late");
    record.acks.add(frame.seq);
    demand(record.acks.size === 1, "I2", () => `${frame.id} was acked at two places`);
  }

  nacked(frame: NackFrame, userId: string): void {
    const { oracle, counters } = this.#world;
    const record = this.record(frame.id);
    oracle.refresh(frame.room);
    const isInLog = record.acks.size > 0 || oracle.seqOf(frame.room, frame.id) !== undefined;
    demand(!isInLog, "I10", () => `${frame.id} is in the log and is nacked ${frame.code}`);
    this.#demandHere(frame.id);
    if (record.nacks > 0) counters.add("sticky nack served again");
    else this.#demandReason(frame, userId);
    if (frame.code === "cancelled") counters.add("fence refused");
    record.nacks += 1;
  }

  record(id: string): OpRecord {
    const { outcomes } = this.#world;
    let record = outcomes.get(id);
    if (record === undefined) {
      record = { acks: new Set(), nacks: 0, wasFenced: false };
      outcomes.set(id, record);
    }
    return record;
  }

  /**
   * Whether message `id` was not there when the op came first. Another tab may have sent it since:
   * a refusal whose answer was lost is told again however long after it.
   */
  #wasMissing(room: string, id: string, op: string): boolean {
    const log = this.#world.oracle.current(room);
    const [first] = log.fold.versions(id);
    const seenAt = first === undefined ? undefined : log.at(first.rev)?.seenAt;
    const { receivedAt } = this.record(op);
    return seenAt === undefined || receivedAt === undefined || seenAt >= receivedAt;
  }

  #demandHere(id: string): void {
    demand(this.#opsHere.has(id), "I10", () => `${id} was not asked on this connection`);
  }

  /** A refusal is for ever, so the rules must name it: it is never a failure of the moment. [O2] */
  #demandReason({ id, code, room }: NackFrame, userId: string): void {
    const asked = this.#world.asked.get(id);
    demand(asked !== undefined, "I10", () => `${id} is nacked and nobody asked for it`);
    const { fold } = this.#world.oracle.current(room);
    const target = fold.row(asked.target ?? "");
    const isMissing = [asked.thread, asked.replyTo].some(
      (other) => other !== undefined && this.#wasMissing(room, other, id),
    );
    const isOthers = target !== undefined && target.by !== userId;
    const hasWords = target !== undefined && target.deletedAt === undefined;
    const isReader = userId.startsWith("reader");
    const reasons: Readonly<Record<string, boolean>> = {
      cancelled: this.record(id).wasFenced,
      forbidden: isReader || (isOthers && (asked.kind === "edit" || asked.kind === "del")),
      target_gone:
        asked.kind === "msg" ? isMissing : !hasWords || this.#wasMissing(room, target.id, id),
      edit_window: asked.kind === "edit",
      invalid: asked.thread !== undefined && fold.row(asked.thread)?.thread !== undefined,
    };
    const isJust = reasons[code] === true;
    demand(
      isJust,
      "I10",
      () => `${userId} is refused ${asked.kind} ${id} as ${code} for no reason`,
    );
  }
}
