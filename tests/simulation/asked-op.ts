/** What somebody asked for, as the workload remembers it: the truth about every word. */
export interface AskedOp {
  readonly id: string;
  readonly room: string;
  readonly by: string;
  readonly kind: "msg" | "edit" | "del" | "react" | "unreact" | "pin" | "unpin";
  /** The tab that asked, in the life it had then. */
  readonly life: string;
  readonly target?: string;
  readonly body?: string;
  readonly emoji?: string;
  readonly replyTo?: string;
  readonly thread?: string;
  readonly isInRoom?: boolean;
  readonly mentions?: readonly string[];
  /** Somebody gave it up, so it may be taken back. */
  isDiscarded: boolean;
  /** The tab died before it could be kept, so it may never be sent. */
  isForgotten: boolean;
  /** Its author was told that it failed. */
  isToldFailed?: boolean;
}

/** Everything asked for in a seed. */
export class AskedOps {
  readonly #byId = new Map<string, AskedOp>();
  readonly #byTarget = new Map<string, AskedOp[]>();
  readonly #byLife = new Map<string, AskedOp[]>();

  add(op: AskedOp): AskedOp {
    this.#byId.set(op.id, op);
    append(this.#byLife, `${op.life} ${op.room}`, op);
    if (op.target !== undefined) append(this.#byTarget, op.target, op);
    return op;
  }

  get(id: string): AskedOp | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<AskedOp> {
    return this.#byId.values();
  }

  /** What was asked about a message, in order. */
  about(target: string): readonly AskedOp[] {
    return this.#byTarget.get(target) ?? [];
  }

  /** The same for every life of every tab, and every room. */
  ofEachLife(): Iterable<readonly AskedOp[]> {
    return this.#byLife.values();
  }

  /** What one life of a tab asked for in a room, in order. */
  of(life: string, room: string): readonly AskedOp[] {
    return this.#byLife.get(`${life} ${room}`) ?? [];
  }
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
