import type { Clock } from "../platform/clock.js";
import type { ReadPosition } from "../protocol/reading.js";
import type { OpenTabChannel, TabChannel } from "../tabs/tab-channel.js";
import { readLetter, writeLetter, type TabMessage } from "../tabs/tab-message.js";
import type { Draft } from "./draft-book.js";
import type { FactKeeper } from "./fact-keeper.js";
import { OpMirror } from "./op-mirror.js";
import type { KeptOp, StorageNews, TabRequest } from "./user-storage.js";

/** What the circle works with. */
export interface TabCircleOptions<Op extends KeptOp> {
  /** Name of this tab. */
  readonly tab: string;
  readonly clock: Clock;
  readonly open: (onMessage: Parameters<OpenTabChannel>[1]) => TabChannel;
  readonly facts: () => FactKeeper;
  readonly tell: (news: StorageNews<Op>) => void;
  /** Another tab said goodbye. */
  readonly goodbye: () => void;
  /** The user signed out in another tab. */
  readonly forgotten: () => void;
}

/**
 * The tabs of one user in this browser. Each says what is its own, when it changes and when asked;
 * nobody repeats what they heard, so nothing goes round for ever.
 */
export class TabCircle<Op extends KeptOp> {
  readonly #options: TabCircleOptions<Op>;
  readonly #channel: TabChannel;
  readonly #mirror: OpMirror<Op>;
  readonly #own = new Map<string, Op>();
  readonly #heardOf = new Set<string>();
  /** What changed and is not said yet: an op, or its place in the log if it left. */
  readonly #changes = new Map<string, Op | number | null>();
  #cancelSaying: (() => void) | undefined;
  #isMirrorToBeTold = false;

  constructor(options: TabCircleOptions<Op>) {
    this.#options = options;
    this.#mirror = new OpMirror<Op>(options.clock, () => {
      this.#tellMirror();
    });
    this.#channel = options.open((data) => {
      this.#read(data);
    });
  }

  /** The ops of this tab. */
  get own(): Iterable<Op> {
    return this.#own.values();
  }

  hasHeardOf(tab: string): boolean {
    return this.#heardOf.has(tab);
  }

  /** Asks for what the others have, and says what is here. */
  enter(): void {
    this.say({ t: "hello" });
    this.#sayWhole();
  }

  put(ops: readonly Op[]): void {
    for (const op of ops) {
      this.#own.set(op.id, op);
      this.#changes.set(op.id, op);
    }
    this.#mirror.forget(ops.map(({ id }) => id));
    this.#saySoon();
  }

  remove(ids: readonly string[], seqs: ReadonlyMap<string, number>): void {
    for (const id of ids) {
      if (this.#own.delete(id)) this.#changes.set(id, seqs.get(id) ?? null);
    }
    this.#saySoon();
  }

  ask(request: TabRequest): void {
    const to = this.#mirror.ownerOf(request.id);
    if (to !== undefined) this.say({ t: "ask", to, request });
  }

  say(message: TabMessage): void {
    this.#channel.post(writeLetter(this.#options.tab, message));
  }

  sayBye(): void {
    this.#sayChanges();
    this.say({ t: "bye" });
  }

  /** Says and hears nothing any more. */
  leave(): void {
    this.#cancelSaying?.();
    this.#channel.close();
  }

  #read(data: unknown): void {
    const letter = readLetter(data);
    if (!letter || letter.from === this.#options.tab) return;
    this.#heardOf.add(letter.from);
    this.#take(letter.from, letter.message);
  }

  #take(from: string, message: TabMessage): void {
    const { tell, goodbye, forgotten, tab } = this.#options;
    switch (message.t) {
      case "hello":
        this.#sayWhole();
        return;
      case "whole":
        this.#mirror.replace(from, this.#ofOthers(message.ops));
        for (const [room, position] of message.positions) this.#learnPosition(room, position);
        for (const [place, draft] of message.drafts) this.#learnDraft(place, draft);
        return;
      case "ops":
        this.#mirror.put(from, this.#ofOthers(message.put));
        for (const [id, seq] of message.gone) this.#mirror.gone(id, seq);
        return;
      case "position":
        this.#learnPosition(message.room, message.position);
        return;
      case "draft":
        this.#learnDraft(message.place, message.draft);
        return;
      case "ask":
        if (message.to === tab) tell({ t: "asked", request: message.request as TabRequest });
        return;
      case "bye":
        this.#heardOf.delete(from);
        goodbye();
        return;
      case "forget":
        forgotten();
        return;
    }
  }

  /** An op that we have is shown as ours. */
  #ofOthers(ops: readonly unknown[]): readonly Op[] {
    return (ops as readonly Op[]).filter(({ id }) => !this.#own.has(id));
  }

  #learnPosition(room: string, value: unknown): void {
    this.#options.tell({ t: "position", room, position: value as ReadPosition });
  }

  #learnDraft(place: string, value: unknown): void {
    const draft = value as Draft;
    if (this.#options.facts().drafts.learn(place, draft)) {
      this.#options.tell({ t: "draft", place, text: draft.text });
    }
  }

  #sayWhole(): void {
    const { drafts, positions } = this.#options.facts();
    const ops = [...this.#own.values()];
    this.say({ t: "whole", ops, positions: [...positions], drafts: [...drafts.all] });
  }

  /** Many ops of one moment are said at once. */
  #saySoon(): void {
    this.#cancelSaying ??= this.#options.clock.after(0, () => {
      this.#sayChanges();
    });
  }

  #sayChanges(): void {
    this.#cancelSaying?.();
    this.#cancelSaying = undefined;
    const put: Op[] = [];
    const gone: [string, number | null][] = [];
    for (const [id, change] of this.#changes) {
      if (typeof change === "object" && change !== null) put.push(change);
      else gone.push([id, change]);
    }
    this.#changes.clear();
    if (put.length > 0 || gone.length > 0) this.say({ t: "ops", put, gone });
  }

  #tellMirror(): void {
    if (this.#isMirrorToBeTold) return;
    this.#isMirrorToBeTold = true;
    this.#options.clock.after(0, () => {
      this.#isMirrorToBeTold = false;
      this.#options.tell({ t: "mirrored", ops: this.#mirror.ops });
    });
  }
}
