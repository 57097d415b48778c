import type { Room, TimelineMessage } from "@confab/sdk";
import type { Dice } from "../dice.js";

/** People touch what is near the end, so that several of them touch the same. */
const NEWEST_COUNT = 12;

/** Messages of a room that something can be done to, as its timeline shows them now. */
export class Targets {
  readonly #messages: readonly TimelineMessage[];
  readonly #dice: Dice;

  constructor(room: Room, dice: Dice) {
    this.#dice = dice;
    this.#messages = room.$timeline
      .get()
      .filter((item) => item.kind === "message")
      .filter(({ deletedAt }) => deletedAt === undefined);
  }

  /** One of ours, also while it is on its way; not one that was refused. */
  own(): string | undefined {
    return this.#oneOf(({ isOwn, delivery }) => isOwn && delivery.status !== "failed");
  }

  anybodys(): string | undefined {
    return this.#oneOf(({ seq }) => seq !== undefined);
  }

  /** One on which a thread may hang. */
  root(): string | undefined {
    return this.#oneOf(({ seq, thread }) => seq !== undefined && thread === undefined);
  }

  /** One of ours that is on its way, from this tab. */
  waiting(): string | undefined {
    return this.#oneOf(({ delivery }) => {
      return delivery.status === "pending" && delivery.tab === undefined;
    });
  }

  #oneOf(isFit: (message: TimelineMessage) => boolean): string | undefined {
    const fit = this.#messages.filter(isFit).slice(-NEWEST_COUNT);
    return fit.length === 0 ? undefined : this.#dice.oneOf(fit).id;
  }
}
