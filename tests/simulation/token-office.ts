import type { Authentication, Authenticator, Principal } from "@confab/server/testing";
import type { SeededRandom } from "@confab/sdk/testing";
import type { ProcessClock } from "./process-clock.js";
import type { World } from "./world.js";

const SLOW_VERIFICATION_MAX_MS = 7_000;
const REFUSING_MAX_MS = 8_000;

/**
 * Issues and verifies tokens: `user|end|number`, where the end is a moment of the world, whatever
 * the clocks of the machines say. Signatures are not what the simulation is about.
 */
export class TokenOffice {
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #banned = new Set<string>();
  readonly #everBanned = new Set<string>();
  readonly #refusedUntil = new Map<string, number>();
  #number = 0;

  constructor(world: World) {
    this.#world = world;
    this.#random = world.random.fork("token office");
  }

  /** A fresh token. After the trouble, tokens live long enough for the rest. */
  issue(userId: string): string {
    this.#number += 1;
    const { swarm, clock, isHealed } = this.#world;
    const lifeMs = isHealed ? Math.max(swarm.tokenLifeMs, 90_000) : swarm.tokenLifeMs;
    const end = Math.round(clock.monotonic() + lifeMs);
    return `${userId}|${String(end)}|${String(this.#number)}`;
  }

  /** Nobody is let in under this name until it is pardoned. */
  ban(userId: string): void {
    this.#banned.add(userId);
    this.#everBanned.add(userId);
  }

  pardon(userId: string): void {
    this.#banned.delete(userId);
  }

  isBanned(userId: string): boolean {
    return this.#banned.has(userId);
  }

  /** Whether there was a time when a server had to turn this name away. */
  wasBanned(userId: string): boolean {
    return this.#everBanned.has(userId);
  }

  /** The verification of one life of the server. */
  authenticator(clock: ProcessClock): Authenticator {
    const { swarm } = this.#world;
    return {
      authenticate: (token, done) => {
        const isSlow = this.#random.chance(swarm.slowVerificationChance) && !this.#world.isHealed;
        if (!isSlow) return done(this.#judge(token, clock));
        clock.after(this.#random.number() * SLOW_VERIFICATION_MAX_MS, () => {
          done(this.#judge(token, clock));
        });
      },
    };
  }

  /** A server that cannot verify for a while refuses one token of somebody after another. */
  #isRefused(userId: string): boolean {
    const { isHealed, swarm, clock } = this.#world;
    if (isHealed) return false;
    const isBeginning = this.#random.chance(swarm.tokenRefusedChance);
    const until = clock.monotonic() + this.#random.number() ** 2 * REFUSING_MAX_MS;
    if (isBeginning) this.#refusedUntil.set(userId, until);
    return clock.monotonic() <= (this.#refusedUntil.get(userId) ?? -1);
  }

  #judge(token: string, clock: ProcessClock): Authentication {
    const { userId, end } = readToken(token);
    const leftMs = Math.floor(end - clock.monotonic());
    if (this.#banned.has(userId)) return { ok: false, reason: "invalid" };
    if (leftMs <= 0 || this.#isRefused(userId)) return { ok: false, reason: "expired" };
    return { ok: true, principal: principalOf(userId), expiresAt: clock.now() + leftMs };
  }
}

/** Whose token it is, and when it ends, in milliseconds of the world. */
export function readToken(token: string): { readonly userId: string; readonly end: number } {
  const [userId = "", end = "0"] = token.split("|");
  return { userId, end: Number(end) };
}

/** A name beginning with "reader" belongs to somebody who may read and not write. */
export function principalOf(userId: string): Principal {
  const kind = userId.startsWith("reader") ? "system" : "user";
  return { id: userId, name: `Person ${userId}`, kind };
}
