import type { Clock } from "../platform/clock.js";
import type { StorageProblem } from "../storage/record-storage.js";
import type { TabLocks } from "../tabs/tab-locks.js";
import type { SeededRandom } from "./seeded-random.js";
import type { VirtualDatabases } from "./virtual-records.js";
import { VirtualTab, type VirtualLane } from "./virtual-tab.js";
import { VirtualTabLocks } from "./virtual-tab-locks.js";

/** How a virtual browser behaves. Delays in milliseconds, per answer, lock and message. */
export interface VirtualBrowserOptions {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  /** `none` is a browser that knows no locks, as on pages without TLS. */
  readonly locks?: "none";
}

/** A tab's end of a channel. */
export interface VirtualListener {
  /** Messages to one tab arrive in order. */
  readonly lane: VirtualLane;
  readonly onMessage: (message: unknown) => void;
}

/**
 * A browser inside a process: what its tabs share is databases, locks and channels. Tabs can be
 * killed at any moment and storage can fail. Everything takes time on the virtual clock.
 */
export class VirtualBrowser {
  readonly #options: VirtualBrowserOptions;
  readonly #listeners = new Map<string, Set<VirtualListener>>();
  readonly databases: VirtualDatabases = new Map();
  readonly locks = new VirtualTabLocks();
  /** What is wrong with the storage for every tab from now on; undefined when it works. */
  problem: StorageProblem | undefined;
  #tabCount = 0;

  constructor(options: VirtualBrowserOptions) {
    this.#options = options;
  }

  /** The locks as one tab has them. */
  locksOf(tab: string, later: (task: () => void) => void): TabLocks | undefined {
    return this.#options.locks === "none" ? undefined : this.locks.of(tab, later);
  }

  openTab(): VirtualTab {
    this.#tabCount += 1;
    return new VirtualTab(this, `tab-${this.#tabCount}`);
  }

  /** Runs the task later on a lane that keeps its order; at the end of `lane` if that is later. */
  later(lane: VirtualLane, task: () => void): void {
    const { clock, random, minDelayMs, maxDelayMs } = this.#options;
    const delayMs = minDelayMs + random.number() * (maxDelayMs - minDelayMs);
    lane.lastAt = Math.max(lane.lastAt, clock.monotonic() + delayMs);
    clock.after(lane.lastAt - clock.monotonic(), task);
  }

  /** Whether something that a killed tab had asked for still happened. */
  survivesKill(): boolean {
    return this.#options.random.number() < 0.5;
  }

  /** Joins a channel; returns the function that leaves it. */
  listen(name: string, listener: VirtualListener): () => void {
    const listeners = this.#listeners.get(name) ?? new Set<VirtualListener>();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  post(name: string, sender: VirtualListener, message: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      if (listener === sender) continue;
      const copy: unknown = structuredClone(message);
      this.later(listener.lane, () => {
        if (this.#listeners.get(name)?.has(listener)) listener.onMessage(copy);
      });
    }
  }
}
