/** What is written for a place and not sent, and who wrote it last. */
export interface Draft {
  readonly text: string;
  /** Unix milliseconds of the machine all tabs are on. */
  readonly at: number;
  readonly tab: string;
}

/** The drafts of a user as one tab knows them: the last writer wins, in every tab alike. */
export class DraftBook {
  readonly #tab: string;
  readonly #drafts = new Map<string, Draft>();

  constructor(tab: string) {
    this.#tab = tab;
  }

  get all(): ReadonlyMap<string, Draft> {
    return this.#drafts;
  }

  /** Written here, at this time. */
  write(place: string, text: string, now: number): Draft {
    // A clock that went back must not make the newest words the older ones.
    const at = Math.max(now, (this.#drafts.get(place)?.at ?? 0) + 1);
    const draft = { text, at, tab: this.#tab };
    this.#drafts.set(place, draft);
    return draft;
  }

  /** Learned from storage or another tab; tells whether it is the newer one. */
  learn(place: string, draft: Draft): boolean {
    const known = this.#drafts.get(place);
    const isNewer =
      !known || draft.at > known.at || (draft.at === known.at && draft.tab > known.tab);
    if (isNewer) this.#drafts.set(place, draft);
    return isNewer;
  }
}
