import type { OpenTransport, TransportHandlers } from "../connection/transport.js";
import type { Clock } from "../platform/clock.js";
import type { SeededRandom } from "./seeded-random.js";
import { VirtualLink, type VirtualPeer, type VirtualPeerHandlers } from "./virtual-link.js";

/** How a virtual network behaves. Delays in milliseconds, per message and direction. */
export interface VirtualNetworkOptions {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

/** The server's side: takes a new line and says what to do with what arrives on it. */
export type AcceptPeer = (peer: VirtualPeer) => VirtualPeerHandlers;

/**
 * Lines between clients and one server inside a process: each direction keeps its order and has a
 * delay; lines can be cut in the middle of what is under way, or go silent. Everything runs on the
 * virtual clock.
 */
export class VirtualNetwork {
  readonly #options: VirtualNetworkOptions;
  readonly #links = new Set<VirtualLink>();
  #accept: AcceptPeer | undefined;

  constructor(options: VirtualNetworkOptions) {
    this.#options = options;
  }

  /** The lines that are not over, in the order they were opened. */
  get links(): readonly VirtualLink[] {
    return [...this.#links];
  }

  /** A server is there from now on; returns the function that takes it away. Lines it has stay. */
  listen(accept: AcceptPeer): () => void {
    this.#accept = accept;
    return () => {
      if (this.#accept === accept) this.#accept = undefined;
    };
  }

  /** Every line breaks, as when the server's process is killed. */
  cutAll(): void {
    for (const link of this.links) link.cut();
  }

  /** Give this to a client's platform. */
  readonly openTransport: OpenTransport = (_url, handlers) => {
    const link = this.#link(handlers);
    this.#options.clock.after(link.delay(), () => {
      if (this.#accept === undefined) link.cut();
      else link.accept(this.#accept);
    });
    return link.transport;
  };

  #link(handlers: TransportHandlers): VirtualLink {
    const { clock, random, minDelayMs, maxDelayMs } = this.#options;
    const link = new VirtualLink({
      clock,
      delay: () => minDelayMs + random.number() * (maxDelayMs - minDelayMs),
      keptShare: () => random.number(),
      handlers,
      onOver: () => this.#links.delete(link),
    });
    this.#links.add(link);
    return link;
  }
}
