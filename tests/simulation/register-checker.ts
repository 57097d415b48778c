import type { ServerDisk } from "./server-disk.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** Read positions as they are stored only grow, and never pass the head. [I16] */
export class RegisterChecker {
  readonly #world: World;
  readonly #disk: ServerDisk;
  readonly #rooms: readonly string[];
  readonly #before = new Map<string, number>();
  #restores = 0;

  constructor(world: World, disk: ServerDisk, rooms: readonly string[]) {
    this.#world = world;
    this.#disk = disk;
    this.#rooms = rooms;
  }

  check(): void {
    const { oracle } = this.#world;
    if (oracle.restores !== this.#restores) this.#before.clear();
    this.#restores = oracle.restores;
    for (const room of this.#rooms) {
      for (const [user, seq] of this.#disk.positions(room)) {
        const key = `${user} ${room}`;
        const before = this.#before.get(key) ?? 0;
        demand(seq >= before, "I16", () => `${user} had read ${room} up to ${before}, now ${seq}`);
        demand(seq <= oracle.head(room), "I16", () => `${user} has read ${room} beyond its head`);
        this.#before.set(key, seq);
      }
    }
  }
}
