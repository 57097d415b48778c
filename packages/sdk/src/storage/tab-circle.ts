import type { Clock } from "../platform/clock.js";
import type { ReadPosition } from "../protocol/reading.js";
import type { OpenTabChannel, TabChannel } from "../tabs/tab-channel.js";
import { readLetter, writeLetter, type TabMessage } from "../tabs/tab-message.js";
import type { TabsEffect, TabsInput, TabsState } from "../tabs/tabs-step.js";
import { nextTabsDeadline, stepTabs } from "../tabs/tabs.machine.js";
import type { Draft } from "./draft-book.js";
import type { FactKeeper } from "./fact-keeper.js";
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
  /** Another tab does not answer: what it left is to be looked for, `gone` called if nothing. */
  readonly look: (tab: string, gone: () => void) => void;
  /** This op of another tab is not wanted any more, or that does not matter any more. */
  readonly wish: (id: string, isOver: "wanted" | "over") => void;
  /** The user signed out in another tab, at this time. */
  readonly forgotten: (at: number) => void;
}

/**
 * The tabs of one user in this browser. Each says what is its own, when it changes and when asked;
 * nobody repeats what they heard, so nothing goes round for ever.
 */
export class TabCircle<Op extends KeptOp> {
  readonly #options: TabCircleOptions<Op>;
  readonly #channel: TabChannel;
  readonly #own = new Map<string, Op>();
  /** What changed and is not said yet: an op, or its place in the log if it left. */
  readonly #changes = new Map<string, Op | number | null>();
  #state: TabsState<Op> = { tabs: new Map(), ops: new Map(), own: new Set(), inLog: [] };
  #cancelSaying: (() => void) | undefined;
  #cancelTick: () => void = () => undefined;
  #hasLeft = false;

  constructor(options: TabCircleOptions<Op>) {
    this.#options = options;
    this.#channel = options.open((data) => {
      this.#read(data);
    });
  }

  /** Whether a tab was heard of and did not leave since. */
  isThere(tab: string): boolean {
    const known = this.#state.tabs.get(tab);
    return known !== undefined && !known.isGone;
  }

  /** Whether somebody here asked to take this op of another tab back. */
  isUnwanted(id: string): boolean {
    return this.#state.ops.get(id)?.isUnwanted ?? false;
  }

  /** Asks for what the others have, and says what is here. */
  enter(): void {
    this.say({ t: "hello" });
    this.#sayWhole();
  }

  /** These are ours, or have a new form, and will outlive this tab as far as anything does. */
  put(ops: readonly Op[]): void {
    for (const op of ops) {
      this.#own.set(op.id, op);
      this.#changes.set(op.id, op);
    }
    this.#saySoon();
    this.hear({ t: "own", ids: ops.map(({ id }) => id) });
  }

  remove(ids: readonly string[], seqs: ReadonlyMap<string, number>): void {
    for (const id of ids) {
      this.#own.delete(id);
      this.#changes.set(id, seqs.get(id) ?? null);
    }
    this.#saySoon();
    this.hear({ t: "released", ids, logged: ids.filter((id) => seqs.has(id)) });
  }

  /** One input of the machine. */
  hear(input: TabsInput<Op>): void {
    if (this.#hasLeft) return;
    const { clock, tell } = this.#options;
    const before = this.#state;
    const { state, effects } = stepTabs(before, input, clock.monotonic());
    if (state === before) return;
    this.#state = state;
    this.#tickAt(nextTabsDeadline(state));
    // At once: what our log has just taken must not be shown as an op for another moment.
    if (state.ops !== before.ops) tell({ t: "mirrored", ops: [...state.ops.values()] });
    for (const effect of effects) this.#perform(effect);
  }

  say(message: TabMessage): void {
    if (!this.#hasLeft) this.#channel.post(writeLetter(this.#options.tab, message));
  }

  sayBye(): void {
    this.#sayChanges();
    this.say({ t: "bye" });
  }

  /** Says and hears nothing any more. */
  leave(): void {
    this.#hasLeft = true;
    this.#cancelSaying?.();
    this.#cancelTick();
    this.#channel.close();
  }

  #tickAt(deadline: number | undefined): void {
    const { clock } = this.#options;
    this.#cancelTick();
    if (deadline === undefined) return;
    this.#cancelTick = clock.after(Math.max(0, deadline - clock.monotonic()), () => {
      this.hear({ t: "tick" });
    });
  }

  #perform(effect: TabsEffect): void {
    const { look, wish } = this.#options;
    switch (effect.type) {
      case "ask":
        this.say({ t: "who", to: effect.tab });
        return;
      case "look":
        look(effect.tab, () => {
          this.hear({ t: "gone", tab: effect.tab });
        });
        return;
      case "discard": {
        const { tab: to, room, id } = effect;
        const request: TabRequest = { verb: "discard", room, id };
        this.say({ t: "ask", to, request });
        wish(id, "wanted");
        return;
      }
      case "drop-wish":
        wish(effect.id, "over");
        return;
    }
  }

  #read(data: unknown): void {
    const letter = readLetter(data);
    if (!letter || letter.from === this.#options.tab) return;
    const { from, message } = letter;
    if (message.t !== "bye") this.hear({ t: "heard", tab: from });
    this.#take(from, message);
  }

  #take(from: string, message: TabMessage): void {
    const { tell, goodbye, forgotten, tab } = this.#options;
    switch (message.t) {
      case "hello":
        this.#sayWhole();
        return;
      case "who":
        if (message.to === tab) this.#sayWhole();
        return;
      case "whole":
        this.hear({ t: "whole", tab: from, ops: message.ops as readonly Op[] });
        for (const [room, position] of message.positions) this.#learnPosition(room, position);
        for (const [place, draft] of message.drafts) this.#learnDraft(place, draft);
        return;
      case "ops":
        this.hear({ ...message, t: "changed", tab: from, put: message.put as readonly Op[] });
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
        this.hear({ t: "bye", tab: from });
        goodbye();
        return;
      case "forget":
        forgotten(message.at);
        return;
    }
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
    // What left is said before: a list alone does not tell where to.
    this.#sayChanges();
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
}
