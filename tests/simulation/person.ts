import { isChatError } from "@confab/sdk";
import type { SeededRandom } from "@confab/sdk/testing";
import type { ClientNode } from "./client-node.js";
import { discard, doSomething } from "./deeds.js";
import { SLOW_DELAY_MS } from "./swarm.js";
import type { World } from "./world.js";

/**
 * Bodies the server must refuse for ever; the client's own check is bypassed by nothing a person
 * can type, so they are rare.
 */
const CURIOUS_BODIES = ["  ", "a".repeat(4_001), "\u0007 bell"];
const GIVING_UP_CHANCE = 0.4;
const SLEEP_MAX_MS = 20_000;

/**
 * What people do while things go wrong: one of them acts at a time, at intervals the seed decides.
 */
export class Person {
  readonly #world: World;
  readonly #client: ClientNode;
  readonly #rooms: readonly string[];
  readonly #random: SeededRandom;
  #said = 0;
  #acts = 0;
  #isOnline = true;

  constructor(world: World, client: ClientNode, rooms: readonly string[]) {
    this.#world = world;
    this.#client = client;
    this.#rooms = rooms;
    this.#random = world.random.fork(`person ${client.name}`);
  }

  /**
   * Comes at some time while there is trouble: whoever is late finds a log with a past.
   */
  join(): void {
    const { swarm, clock } = this.#world;
    clock.after(this.#random.number() * swarm.lateness * swarm.chaosMs, () => {
      for (const room of this.#rooms) this.#client.open(room);
      this.#live();
    });
  }

  /** Everything that was broken on this side works again. */
  heal(): void {
    this.#world.office.pardon(this.#client.userId);
    this.#client.browser.mend();
    this.#client.thaw();
    if (!this.#isOnline) this.#client.setOnline(true);
    this.#isOnline = true;
    if (this.#client.isStopped) this.#client.reload();
    else this.#reloadIfTurnedAway();
    for (const room of this.#rooms) this.#client.open(room);
  }

  /**
   * What the server said to somebody it turned away, before they were pardoned, may still be on its
   * way to a slow client. Nobody else may be told to stop, and not later than that.
   */
  #reloadIfTurnedAway(): void {
    if (!this.#world.office.wasBanned(this.#client.userId)) return;
    this.#world.clock.after(SLOW_DELAY_MS, () => {
      if (this.#client.isStopped) this.#client.reload();
    });
  }

  /** Acts, again and again, until the trouble is over. */
  #live(): void {
    const { swarm, clock } = this.#world;
    const pauseMs = -Math.log(1 - this.#random.number()) * swarm.actionEveryMs;
    clock.after(pauseMs, () => {
      if (clock.monotonic() > swarm.chaosMs) return;
      this.#acts += 1;
      // A stream of its own for each, so that one can be left out and the others stay the same.
      const random = this.#random.fork(`act ${String(this.#acts)}`);
      if (this.#world.admits()) this.#act(random);
      this.#live();
    });
  }

  #act(random: SeededRandom): void {
    const { swarm } = this.#world;
    this.#suffer(random);
    if (this.#client.isStopped || this.#client.isFrozen) return;
    const room = random.pick(this.#rooms);
    if (random.chance(swarm.closeRoomChance)) this.#client.close(room);
    if (random.chance(swarm.closeRoomChance)) this.#client.open(room);
    const isOlderThere = this.#client.room(room).$state.get().hasOlder;
    if (random.chance(swarm.loadOlderChance * (isOlderThere ? 4 : 1))) this.#client.loadOlder(room);
    if (random.chance(swarm.badBodyChance)) this.#saySomethingCurious(random, room);
    const times = random.chance(swarm.burstChance) ? random.integer(3, 12) : 1;
    for (let time = 0; time < times; time += 1) this.#do(random, room);
    if (random.chance(swarm.cutAfterChance)) this.#loseLine(random);
  }

  /** What happens to a person's machine. */
  #suffer(random: SeededRandom): void {
    const { swarm, office } = this.#world;
    if (random.chance(swarm.cutChance)) this.#loseLine(random);
    if (random.chance(swarm.halfOpenChance)) this.#client.silenceLine();
    if (random.chance(swarm.reloadClientChance)) {
      this.#client.reload(random.pick(["leaves", "crashes"] as const));
    }
    if (random.chance(swarm.offlineChance)) this.#toggleNetwork();
    if (random.chance(swarm.freezeChance)) this.#sleep(random.number() * SLEEP_MAX_MS);
    if (random.chance(swarm.storageTroubleChance)) this.#client.browser.break();
    if (random.chance(swarm.banChance)) {
      office.ban(this.#client.userId);
      this.#client.cutLine();
    }
  }

  /** Some give up what they had just asked for: it may arrive all the same, behind its fence. */
  #loseLine(random: SeededRandom): void {
    const isLate = random.chance(this.#world.swarm.lateCutChance);
    this.#client.cutLine(isLate ? random.number() * SLOW_DELAY_MS : 0);
    if (this.#client.isStopped || this.#client.isFrozen || !random.chance(GIVING_UP_CHANCE)) return;
    for (const room of this.#rooms) discard(this.#world, this.#client, random, room);
  }

  #do(random: SeededRandom, room: string): void {
    this.#said += 1;
    const words = `${this.#client.name} says ${String(this.#said)}.`;
    try {
      doSomething(this.#world, this.#client, random, { room, words });
    } catch (error) {
      if (!isChatError(error) || error.code !== "outbox_full") throw error;
    }
  }

  /** A body that may not be sent throws at once and leaves no trace. */
  #saySomethingCurious(random: SeededRandom, room: string): void {
    const body = random.pick(CURIOUS_BODIES);
    this.#world.check(() => {
      try {
        this.#client.send(room, body);
      } catch (error) {
        if (isChatError(error)) return;
        throw error;
      }
      throw new Error("a body that may not be sent was taken");
    });
  }

  #sleep(ms: number): void {
    this.#client.freeze();
    this.#world.clock.after(ms, () => {
      this.#client.thaw();
    });
  }

  #toggleNetwork(): void {
    this.#isOnline = !this.#isOnline;
    this.#client.setOnline(this.#isOnline);
  }
}
