import type { ChaosWorld } from "../chaos-world.js";
import type { Fault } from "../fault.js";
import type { ChaosClient } from "../people/chaos-client.js";
import { waitMs } from "../wait-ms.js";
import { pick } from "./pick.js";

/** A tab that crashes, freezes and is reloaded at once is one that something else happens to. */
export type ClientFault = Extract<Fault, { type: "burst" | `client-${string}` | `tab-${string}` }>;

/** What happens to processes and tabs. */
export class ClientTrouble {
  readonly #world: ChaosWorld;
  /** Those to whom something is happening: one thing at a time. */
  readonly #busy = new Set<ChaosClient>();
  #opsPerSecond = 0;

  constructor(world: ChaosWorld) {
    this.#world = world;
  }

  async setPace(opsPerSecond: number): Promise<void> {
    this.#opsPerSecond = opsPerSecond;
    await Promise.all(this.#world.clients.map((client) => this.#tellPace(client)));
  }

  async perform(fault: ClientFault): Promise<void> {
    const { clients, processes, tabs } = this.#world;
    switch (fault.type) {
      case "burst":
        await pick(clients, fault.client).perform({ do: "burst", ops: fault.ops });
        return;
      case "client-kill": {
        const client = pick(processes, fault.client);
        await this.#alone(client, () => this.#liveAgain(client, fault.downMs, () => client.end()));
        return;
      }
      case "client-pause": {
        const client = pick(processes, fault.client);
        await this.#alone(client, () => client.pause(fault.ms));
        return;
      }
      default: {
        const tab = pick(tabs, fault.tab);
        await this.#alone(tab, () => this.#troubleTab(tab, fault));
      }
    }
  }

  async #troubleTab(
    tab: ChaosWorld["tabs"][number],
    fault: Extract<ClientFault, { tab: number }>,
  ): Promise<void> {
    switch (fault.type) {
      case "tab-reload":
        await tab.reload();
        await this.#tellPace(tab);
        return;
      case "tab-close":
        await this.#liveAgain(tab, fault.downMs, () => tab.end());
        return;
      case "tab-crash":
        await this.#liveAgain(tab, fault.downMs, () => tab.crash());
        return;
      case "tab-offline":
        await tab.setOffline("offline");
        await waitMs(fault.ms);
        await tab.setOffline("online");
        return;
      case "tab-freeze":
        await tab.setLifecycle("frozen");
        await waitMs(fault.ms);
        await tab.setLifecycle("active");
    }
  }

  async #liveAgain(client: ChaosClient, downMs: number, end: () => Promise<void>): Promise<void> {
    await end();
    await waitMs(downMs);
    await client.begin();
    await this.#tellPace(client);
  }

  async #tellPace(client: ChaosClient): Promise<void> {
    await client.perform({ do: "pace", opsPerSecond: this.#opsPerSecond });
  }

  async #alone(client: ChaosClient, trouble: () => Promise<void>): Promise<void> {
    if (this.#busy.has(client)) return;
    this.#busy.add(client);
    await trouble().finally(() => this.#busy.delete(client));
  }
}
