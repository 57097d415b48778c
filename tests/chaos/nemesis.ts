import type { ChaosWorld } from "./chaos-world.js";
import type { RestoredLogs } from "./data-directory.js";
import type { Fault } from "./fault.js";
import { Tally } from "./tally.js";
import { ClientTrouble } from "./trouble/client-trouble.js";
import { LineTrouble } from "./trouble/line-trouble.js";
import { ServerTrouble } from "./trouble/server-trouble.js";

/** Does what goes wrong, and puts it right again. */
export class Nemesis {
  readonly tally = new Tally();
  readonly #world: ChaosWorld;
  readonly #server: ServerTrouble;
  readonly #lines: LineTrouble;
  readonly #clients: ClientTrouble;
  readonly #underWay = new Set<Promise<void>>();

  constructor(world: ChaosWorld) {
    this.#world = world;
    this.#server = new ServerTrouble(world, this.tally);
    this.#lines = new LineTrouble(world.proxy, this.tally);
    this.#clients = new ClientTrouble(world);
  }

  /** One entry per backup that was put back. */
  get restores(): readonly RestoredLogs[] {
    return this.#server.restores;
  }

  /** Does one fault. What lasts goes on beside what follows, unless it ends the server. */
  async perform(fault: Fault): Promise<void> {
    this.#world.history.write("world", { type: "fault", what: JSON.stringify(fault) });
    this.tally.add(fault.type);
    switch (fault.type) {
      case "kill":
      case "deploy":
      case "backup":
      case "restore":
      case "small-disk":
      case "disk-full":
      case "large-disk":
        await this.#server.perform(fault);
        return;
      case "pause":
        this.#goOn(this.#world.server.pause(fault.ms));
        return;
      case "cut":
      case "half-open":
      case "stall":
      case "throttle":
      case "line-down":
      case "sockets-fail":
        this.#goOn(this.#lines.perform(fault));
        return;
      case "checkpoint":
        return;
      default:
        this.#goOn(this.#clients.perform(fault));
    }
  }

  /** Lets everybody say so much from now on, those too who are not there at the moment. */
  async setPace(opsPerSecond: number): Promise<void> {
    await this.#clients.setPace(opsPerSecond);
  }

  /** Ends everything that is still wrong. */
  async heal(): Promise<void> {
    const { proxy, tabs, plan, clients } = this.#world;
    await Promise.all(this.#underWay);
    proxy.restore();
    for (const line of proxy.lines) line.resume();
    for (const tab of tabs) {
      await tab.setLifecycle("active");
      await tab.setOffline("online");
    }
    if (plan.recovery === "by-itself") return;
    proxy.reset();
    await Promise.all(clients.map((client) => client.perform({ do: "connect" })));
  }

  #goOn(trouble: Promise<void>): void {
    const done = trouble.catch((error: unknown) => {
      // Whoever it happened to does not answer any more, and that is found at the next checkpoint.
      this.tally.add("trouble that failed");
      this.#world.history.write("world", { type: "fault", what: String(error) });
    });
    this.#underWay.add(done);
    void done.then(() => this.#underWay.delete(done));
  }
}
