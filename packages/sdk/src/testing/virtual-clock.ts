import type { Clock } from "../platform/clock.js";

interface Timer {
  readonly dueAt: number;
  /** Equal times run in the order they were set. */
  readonly order: number;
  readonly task: () => void;
  isCancelled: boolean;
}

/**
 * Time that stands still until a test moves it. Everything due runs synchronously, in order of
 * time.
 */
export class VirtualClock implements Clock {
  #elapsedMs = 0;
  #wallStart: number;
  #order = 0;
  /** Binary heap, earliest first. */
  readonly #timers: Timer[] = [];

  /** `start` is the wall-clock time at the beginning, in Unix milliseconds. */
  constructor(start = Date.UTC(2026, 10, 20, 12)) {
    this.#wallStart = start;
  }

  now(): number {
    return this.#wallStart + this.#elapsedMs;
  }

  monotonic(): number {
    return this.#elapsedMs;
  }

  after(delayMs: number, task: () => void): () => void {
    this.#order += 1;
    const dueAt = this.#elapsedMs + Math.max(0, delayMs);
    const timer: Timer = { dueAt, order: this.#order, task, isCancelled: false };
    push(this.#timers, timer);
    return () => {
      timer.isCancelled = true;
    };
  }

  /** Runs everything due within the time, and stops at its end. */
  advance(ms: number): void {
    const end = this.#elapsedMs + ms;
    while (this.#runNext(end));
    this.#elapsedMs = end;
  }

  /** Lets the time pass as a machine asleep does: what was due in it runs at the end, late. */
  sleep(ms: number): void {
    this.#elapsedMs += ms;
    this.advance(0);
  }

  /** Runs until no timer is left, or the time has passed; tells whether none is left. */
  runUntilIdle(limitMs: number): boolean {
    const end = this.#elapsedMs + limitMs;
    while (this.#runNext(end));
    const isIdle = this.#pruned() === undefined;
    if (!isIdle) this.#elapsedMs = end;
    return isIdle;
  }

  /** Moves the wall clock alone, as a user or a time server does. */
  jumpWallClock(ms: number): void {
    this.#wallStart += ms;
  }

  #runNext(end: number): boolean {
    const timer = this.#pruned();
    if (timer === undefined || timer.dueAt > end) return false;
    pop(this.#timers);
    this.#elapsedMs = Math.max(this.#elapsedMs, timer.dueAt);
    timer.task();
    return true;
  }

  #pruned(): Timer | undefined {
    while (this.#timers[0]?.isCancelled === true) pop(this.#timers);
    return this.#timers[0];
  }
}

function isBefore(left: Timer, right: Timer): boolean {
  return left.dueAt === right.dueAt ? left.order < right.order : left.dueAt < right.dueAt;
}

function push(heap: Timer[], timer: Timer): void {
  let index = heap.push(timer) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, timer)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = timer;
}

function pop(heap: Timer[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const child = earlierChild(heap, index);
    const below = heap[child];
    if (below === undefined || isBefore(last, below)) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
}

function earlierChild(heap: readonly Timer[], index: number): number {
  const left = heap[2 * index + 1];
  const right = heap[2 * index + 2];
  const isRight = left !== undefined && right !== undefined && isBefore(right, left);
  return 2 * index + (isRight ? 2 : 1);
}
