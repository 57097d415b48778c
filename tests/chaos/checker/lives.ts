import type { HistoryLine, Submission } from "../history.js";

/** One op of one life, and what the life was told of it. */
export interface RecordedOp extends Submission {
  readonly room: string;
  readonly id: string;
  readonly at: number;
  /** Its seq. */
  ackedAt?: number;
  nackedAs?: string;
  isDiscarded?: true;
  /** When it was told. */
  answeredAt?: number;
}

/** One life of a client. */
export interface Life {
  readonly name: string;
  readonly user: string;
  /** Whether what it asked for outlives it. */
  isKept: boolean;
  endedAt: number | undefined;
  /** In the order they were asked for. */
  readonly ops: Map<string, RecordedOp>;
}

/** A history sorted by who it happened to. */
export class Lives {
  readonly all: readonly Life[];
  readonly ops = new Map<string, RecordedOp>();

  constructor(history: readonly HistoryLine[]) {
    const byName = new Map<string, Life>();
    for (const line of history) {
      if (line.type !== "born") continue;
      const { life: name, user } = line;
      byName.set(name, { name, user, isKept: false, endedAt: undefined, ops: new Map() });
    }
    // Before the answers, since one life may be told what became of an op of another.
    for (const line of history) this.#takeOp(line, byName.get(line.life));
    for (const line of history) this.#take(line, byName.get(line.life));
    this.all = [...byName.values()];
  }

  #takeOp(line: HistoryLine, life: Life | undefined): void {
    if (line.type !== "submitted") return;
    const op: RecordedOp = { ...line };
    life?.ops.set(line.id, op);
    this.ops.set(line.id, op);
  }

  #take(line: HistoryLine, life: Life | undefined): void {
    if (life === undefined) return;
    switch (line.type) {
      case "storage":
        life.isKept = line.status === "persistent";
        return;
      case "acked": {
        const op = this.ops.get(line.id);
        if (op !== undefined) Object.assign(op, { ackedAt: line.seq, answeredAt: line.at });
        return;
      }
      case "nacked": {
        const op = this.ops.get(line.id);
        if (op !== undefined) Object.assign(op, { nackedAs: line.code, answeredAt: line.at });
        return;
      }
      case "discarded": {
        const op = this.ops.get(line.id);
        if (op !== undefined) op.isDiscarded = true;
        return;
      }
      case "ended":
        life.endedAt = line.at;
        return;
      default:
    }
  }
}
