import type { Fault } from "../fault.js";
import type { ProxiedLine } from "../../network/proxied-line.js";
import type { TcpProxy } from "../../network/tcp-proxy.js";
import type { Tally } from "../tally.js";
import { waitMs } from "../wait-ms.js";

export type LineFault = Extract<
  Fault,
  { type: "cut" | "half-open" | "stall" | "throttle" | "line-down" | "sockets-fail" }
>;

/** What happens to connections between clients and server. */
export class LineTrouble {
  readonly #proxy: TcpProxy;
  readonly #tally: Tally;

  constructor(proxy: TcpProxy, tally: Tally) {
    this.#proxy = proxy;
    this.#tally = tally;
  }

  async perform(fault: LineFault): Promise<void> {
    switch (fault.type) {
      case "cut": {
        const { direction, afterBytes, kind } = fault;
        this.#each(fault.share, "cut", (line) => line.cutAfter(direction, afterBytes, kind));
        return;
      }
      case "half-open":
        this.#each(fault.share, "half-open", (line) => line.swallow(fault.direction));
        return;
      case "stall":
        await this.#while(fault, "stalled", (line) => line.stall(fault.direction));
        return;
      case "throttle":
        await this.#while(fault, "throttled", (line) => line.throttle(fault.bytesPerSecond));
        return;
      case "line-down":
        this.#proxy.cut();
        await waitMs(fault.ms);
        this.#proxy.restore();
        return;
      case "sockets-fail":
        this.#proxy.setGate({ mode: "sockets-only-fail" });
        this.#each(1, "cut", (line) => line.cut("reset"));
        await waitMs(fault.ms);
        this.#proxy.restore();
    }
  }

  async #while(
    { share, ms }: { readonly share: number; readonly ms: number },
    what: string,
    trouble: (line: ProxiedLine) => void,
  ): Promise<void> {
    const lines = this.#each(share, what, trouble);
    await waitMs(ms);
    for (const line of lines) line.resume();
  }

  /** The same share of the lines each time: the longest-lived first. */
  #each(share: number, what: string, trouble: (line: ProxiedLine) => void): ProxiedLine[] {
    const { lines } = this.#proxy;
    const chosen = lines.slice(0, Math.ceil(lines.length * share));
    for (const line of chosen) trouble(line);
    this.#tally.add(`connections ${what}`, chosen.length);
    return chosen;
  }
}
