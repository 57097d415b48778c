import type { SeededRandom } from "@confab/sdk/testing";
import type { ClientNode } from "./client-node.js";
import { forgettableBefore } from "./retention.js";
import type { ServerDisk } from "./server-disk.js";
import type { ServerNode } from "./server-node.js";
import type { World } from "./world.js";

/** How long the server stays away after it was killed, at most. */
const RESTART_MAX_MS = 8_000;
const RETRY_MS = 500;
const FULL_MAX_MS = 6_000;
/** A backup is made this often while there is trouble. */
const BACKUP_EVERY_MS = 3_000;
const LOOK_EVERY_MS = 100;
const JUMP_MAX_MS = 86_400_000;

/** What happens to the server while there is trouble. */
export class Haunting {
  readonly #world: World;
  readonly #server: ServerNode;
  readonly #disk: ServerDisk;
  readonly #clients: readonly ClientNode[];
  readonly #rooms: readonly string[];
  #backup: Buffer | undefined;

  constructor(
    world: World,
    server: ServerNode,
    disk: ServerDisk,
    clients: readonly ClientNode[],
    rooms: readonly string[],
  ) {
    this.#world = world;
    this.#server = server;
    this.#disk = disk;
    this.#clients = clients;
    this.#rooms = rooms;
  }

  /** Begins. Each kind of trouble has its own stream of chance. */
  begin(): void {
    const { swarm } = this.#world;
    this.#often("kills", swarm.killServerChance, (random) => {
      this.#kill(random, () => undefined);
    });
    this.#often("full disk", swarm.diskFullChance, (random) => {
      this.#fill(random);
    });
    this.#often("clock jumps", swarm.clockJumpChance, (random) => {
      this.#server.jumpClock((random.number() - 0.5) * 2 * JUMP_MAX_MS);
      this.#world.note("server", "clock set");
    });
    this.#often("forgetting", swarm.forgetChance, () => {
      this.#forget();
    });
    if (swarm.restoreChance === 0) return;
    this.#keepBackups();
    this.#often("restores", swarm.restoreChance, (random) => {
      this.#kill(random, () => {
        this.#restore({ keepsGeneration: !random.chance(swarm.unnoticedRestoreChance) });
      });
    });
  }

  /** The trouble is over: the server runs, and its disk takes what comes. */
  end(): void {
    this.#disk.clear();
    if (!this.#server.isUp) this.#server.start();
  }

  #often(name: string, chance: number, happen: (random: SeededRandom) => void): void {
    if (chance === 0) return;
    const random = this.#world.random.fork(`haunting: ${name}`);
    this.#every(LOOK_EVERY_MS, () => {
      if (random.chance(chance)) happen(random);
    });
  }

  #every(ms: number, task: () => void): void {
    this.#world.clock.after(ms, () => {
      if (this.#world.isHealed) return;
      task();
      this.#every(ms, task);
    });
  }

  #kill(random: SeededRandom, meanwhile: () => void): void {
    if (!this.#server.isUp) return;
    this.#server.kill();
    for (const client of this.#clients) client.serverDied();
    meanwhile();
    this.#startWithin(random.number() * RESTART_MAX_MS);
  }

  /** What looks after the process starts it again, until it stays. */
  #startWithin(ms: number): void {
    this.#world.clock.after(ms, () => {
      if (!this.#server.isUp && !this.#server.start()) this.#startWithin(RETRY_MS);
    });
  }

  #fill(random: SeededRandom): void {
    this.#disk.fill();
    this.#world.note("server", "disk full");
    this.#world.clock.after(random.number() * FULL_MAX_MS, () => {
      this.#disk.clear();
      this.#world.note("server", "disk has room again");
    });
  }

  /**
   * Forgets once nothing is being written: what waits to be stored is younger than anything that
   * may go, also where a clock that was set back gives it an earlier time than what is stored.
   */
  #forget(): void {
    if (this.#world.isHealed) return;
    if (this.#server.isCommitting) {
      this.#world.clock.after(LOOK_EVERY_MS, () => {
        this.#forget();
      });
      return;
    }
    for (const room of this.#rooms) this.#world.oracle.refresh(room);
    this.#server.forget(forgettableBefore(this.#world, this.#disk, this.#rooms, this.#clients));
  }

  #keepBackups(): void {
    this.#every(BACKUP_EVERY_MS, () => {
      this.#backup = this.#disk.backup();
    });
  }

  #restore(options: { readonly keepsGeneration: boolean }): void {
    if (this.#backup === undefined) return;
    const { oracle, outcomes } = this.#world;
    for (const room of this.#disk.heads().keys()) oracle.refresh(room);
    this.#disk.restore(this.#backup, options);
    oracle.restored(this.#disk.heads());
    // What was answered about ops that are gone holds no longer: they may get another answer.
    for (const id of outcomes.keys()) {
      if (this.#disk.knows(id)) continue;
      outcomes.delete(id);
      oracle.lost.add(id);
    }
    this.#world.note("server", "restored from a backup");
  }
}
