import type { ChaosWorld } from "../chaos-world.js";
import type { Backup, RestoredLogs } from "../data-directory.js";
import { Dice } from "../dice.js";
import type { Fault } from "../fault.js";
import type { Tally } from "../tally.js";
import { waitMs } from "../wait-ms.js";

export type ServerFault = Extract<
  Fault,
  { type: "kill" | "deploy" | "backup" | "restore" | "disk-full" | `${"small" | "large"}-disk` }
>;

/** A start that fails is tried again, since a full disk gets its room back. */
const START_ATTEMPTS = 60;
const START_RETRY_MS = 500;

/** What was under way in the network is gone this long after its lines are. */
const SETTLE_MS = 300;

/** A full disk has room for some dozen commits more. */
const LEFT_BYTES = 192 * 1_024;

/** Share of the clients that press "reconnect" when a server is back, so that load comes soon. */
const IMPATIENT_SHARE = 0.6;

/** What happens to the server and its data. */
export class ServerTrouble {
  /** One entry per backup that was put back. */
  readonly restores: RestoredLogs[] = [];
  readonly #world: ChaosWorld;
  readonly #tally: Tally;
  readonly #dice: Dice;
  #backup: Backup | undefined;

  constructor(world: ChaosWorld, tally: Tally) {
    this.#world = world;
    this.#tally = tally;
    this.#dice = new Dice(world.plan.seed).fork("server-trouble");
  }

  async perform(fault: ServerFault): Promise<void> {
    switch (fault.type) {
      case "kill":
        await this.#kill(fault);
        return;
      case "deploy":
        await this.#deploy(fault.downMs);
        return;
      case "backup":
        this.#backup = await this.#world.data.backUp();
        return;
      case "restore":
        await this.#restore(fault.generation);
        return;
      case "disk-full":
        await this.#fillDisk(fault.ms);
        return;
      default:
        await this.#moveDisk(fault.type);
    }
  }

  async #kill({ downMs, restart }: Extract<ServerFault, { type: "kill" }>): Promise<void> {
    const { server } = this.#world;
    await server.kill();
    await waitMs(downMs);
    if (restart === "killed-early") {
      const starting = server.start();
      await waitMs(this.#dice.between(0, 400));
      await server.kill();
      await starting;
      this.#tally.add("kill while starting");
    }
    await this.#start();
  }

  async #deploy(downMs: number): Promise<void> {
    const status = await this.#world.server.stop();
    if (status !== 0) this.#tally.add(`stop with status ${String(status)}`);
    await waitMs(downMs);
    await this.#start();
  }

  async #start(): Promise<void> {
    const { server, data, clients } = this.#world;
    server.dataDirectory = data.path;
    for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
      if (await server.start()) {
        const impatient = clients.filter(() => this.#dice.isLucky(IMPATIENT_SHARE));
        for (const client of impatient) void client.perform({ do: "connect" });
        return;
      }
      this.#tally.add("start that failed");
      await server.kill();
      await waitMs(START_RETRY_MS);
    }
    throw new Error("the server does not start any more");
  }

  async #restore(generation: "stays" | "back"): Promise<void> {
    const { server, data, proxy } = this.#world;
    if (this.#backup === undefined) return;
    await server.kill();
    proxy.cut();
    await waitMs(SETTLE_MS);
    this.restores.push(data.restore(this.#backup, generation));
    proxy.restore();
    await this.#start();
  }

  async #moveDisk(to: "small-disk" | "large-disk"): Promise<void> {
    const { server, data } = this.#world;
    await server.kill();
    if (to === "large-disk") data.moveHome();
    else if (!data.moveToSmallDisk()) this.#tally.add("small disk that could not be mounted");
    await this.#start();
  }

  /**
   * A disk that runs full, a kill while it is, and room again. It begins with a stop in good order,
   * since a write-ahead log left by a kill would be written over without taking more room.
   */
  async #fillDisk(ms: number): Promise<void> {
    const { server, data } = this.#world;
    if (!data.isSmall) return;
    await server.stop();
    data.fill(LEFT_BYTES);
    await this.#start();
    await waitMs(ms / 2);
    await server.kill();
    const start = this.#start();
    await waitMs(ms / 2);
    data.free();
    await start;
  }
}
