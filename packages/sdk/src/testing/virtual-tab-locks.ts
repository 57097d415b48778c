import type { TabLocks } from "../tabs/tab-locks.js";

interface Claim {
  readonly tab: string;
  readonly granted: () => void;
}

/** The locks of a virtual browser: the first claim of each name holds it. */
export class VirtualTabLocks {
  readonly #claims = new Map<string, Claim[]>();

  /** The locks as one tab uses them; `later` runs a task after a while, if the tab still lives. */
  of(tab: string, later: (task: () => void) => void): TabLocks {
    return {
      hold: (name, granted) => {
        const claim: Claim = {
          tab,
          granted: () => {
            later(() => {
              if (this.#holder(name) === claim) granted();
            });
          },
        };
        this.#add(name, claim);
        return () => {
          this.#drop(name, claim);
        };
      },
      take: (name, done) => {
        later(() => {
          if (this.#holder(name)) {
            done(undefined);
            return;
          }
          const claim: Claim = { tab, granted: () => undefined };
          this.#add(name, claim);
          done(() => {
            this.#drop(name, claim);
          });
        });
      },
    };
  }

  /** The tab is gone: what it held falls to the next. */
  release(tab: string): void {
    for (const [name, claims] of [...this.#claims]) {
      for (const claim of [...claims]) if (claim.tab === tab) this.#drop(name, claim);
    }
  }

  #holder(name: string): Claim | undefined {
    return this.#claims.get(name)?.[0];
  }

  #add(name: string, claim: Claim): void {
    const claims = this.#claims.get(name) ?? [];
    this.#claims.set(name, claims);
    claims.push(claim);
    if (claims[0] === claim) claim.granted();
  }

  #drop(name: string, claim: Claim): void {
    const claims = this.#claims.get(name) ?? [];
    const wasHolder = claims[0] === claim;
    const left = claims.filter((other) => other !== claim);
    if (left.length === 0) this.#claims.delete(name);
    else this.#claims.set(name, left);
    if (wasHolder) left[0]?.granted();
  }
}
