import type { Transport, TransportHandlers } from "../connection/transport.js";
import type { Clock } from "../platform/clock.js";

/** The server's end of a line; it has the shape of the server's own socket port. */
export interface VirtualPeer {
  send(message: string): void;
  /** Bytes sent and not yet arrived. */
  bufferedBytes(): number;
  close(code: number, reason?: string): void;
  terminate(): void;
}

/** What the server does with what arrives. */
export interface VirtualPeerHandlers {
  onMessage(message: string): void;
  /** The line is over, whoever ended it. Runs once. */
  onClose(): void;
}

/** What a line is made with. */
export interface VirtualLinkOptions {
  readonly clock: Clock;
  /** Milliseconds until the next thing sent arrives. */
  readonly delay: () => number;
  /** The share of what is under way that still arrives when the line is cut, between 0 and 1. */
  readonly keptShare: () => number;
  readonly handlers: TransportHandlers;
  readonly onOver: () => void;
}

interface Parcel {
  readonly bytes: number;
  readonly arrive: () => void;
}

/** One direction: first in, first out. */
interface Lane {
  parcels: Parcel[];
  lastAt: number;
}

/** One line between a client and the server. */
export class VirtualLink {
  readonly #options: VirtualLinkOptions;
  readonly #up: Lane = { parcels: [], lastAt: 0 };
  readonly #down: Lane = { parcels: [], lastAt: 0 };
  #server: VirtualPeerHandlers | undefined;
  /** Whether each end still listens. */
  #isClientOpen = true;
  #isServerOpen = false;
  #isSilent = false;

  constructor(options: VirtualLinkOptions) {
    this.#options = options;
  }

  /** The client's end. */
  readonly transport: Transport = {
    send: (message) => {
      this.#carry(this.#up, message.length, () => {
        if (this.#isServerOpen) this.#server?.onMessage(message);
      });
    },
    close: () => {
      if (!this.#isClientOpen) return;
      this.#isClientOpen = false;
      this.#carry(this.#up, 0, () => {
        this.#endServer();
      });
      this.#settle();
    },
  };

  /** A delay as this line would have now. */
  delay(): number {
    return this.#options.delay();
  }

  /** The server takes the line; the client hears of it a little later. */
  accept(acceptPeer: (peer: VirtualPeer) => VirtualPeerHandlers): void {
    if (!this.#isClientOpen) return;
    this.#isServerOpen = true;
    this.#carry(this.#down, 0, () => {
      if (this.#isClientOpen) this.#options.handlers.onOpen();
    });
    this.#server = acceptPeer(this.#peer());
  }

  /**
   * The line breaks: of what is under way, the first part still arrives; then both ends hear of it.
   * The server's end may hear all that late, as behind a proxy, when the client has another line.
   */
  cut(serverDelayMs = 0): void {
    for (const lane of [this.#up, this.#down]) {
      const kept = Math.floor(this.#options.keptShare() * (lane.parcels.length + 1));
      lane.parcels = lane.parcels.slice(0, kept);
    }
    if (serverDelayMs > 0) this.#holdUp(serverDelayMs);
    this.#carry(this.#up, 0, () => {
      this.#endServer();
    });
    this.#carry(this.#down, 0, () => {
      this.#endClient(1006);
    });
  }

  /** The line carries nothing any more and tells nobody, as when a machine vanishes. */
  silence(): void {
    this.#isSilent = true;
    this.#up.parcels = [];
    this.#down.parcels = [];
  }

  /** The server's process is gone: its end hears nothing more, not even the end. */
  abandonServer(): void {
    this.#isServerOpen = false;
    this.#server = undefined;
    this.#settle();
  }

  #peer(): VirtualPeer {
    return {
      send: (message) => {
        if (!this.#isServerOpen) return;
        this.#carry(this.#down, message.length, () => {
          if (this.#isClientOpen) this.#options.handlers.onMessage(message);
        });
      },
      bufferedBytes: () => this.#down.parcels.reduce((sum, parcel) => sum + parcel.bytes, 0),
      close: (code) => {
        this.#carry(this.#down, 0, () => {
          this.#endClient(code);
        });
        this.#endServer();
      },
      terminate: () => {
        this.#carry(this.#down, 0, () => {
          this.#endClient(1006);
        });
        this.#endServer();
      },
    };
  }

  /** What is under way to the server takes this much longer, still in its order. */
  #holdUp(ms: number): void {
    const { parcels } = this.#up;
    this.#up.parcels = [];
    this.#up.lastAt = Math.max(this.#up.lastAt, this.#options.clock.monotonic() + ms);
    for (const { bytes, arrive } of parcels) this.#carry(this.#up, bytes, arrive);
  }

  #carry(lane: Lane, bytes: number, arrive: () => void): void {
    if (this.#isSilent) return;
    const { clock, delay } = this.#options;
    const at = Math.max(lane.lastAt, clock.monotonic() + delay());
    lane.lastAt = at;
    const parcel = { bytes, arrive };
    lane.parcels.push(parcel);
    clock.after(at - clock.monotonic(), () => {
      if (!lane.parcels.includes(parcel)) return;
      lane.parcels = lane.parcels.filter((it) => it !== parcel);
      arrive();
    });
  }

  #endServer(): void {
    const server = this.#server;
    this.#isServerOpen = false;
    this.#server = undefined;
    server?.onClose();
    this.#settle();
  }

  #endClient(code: number): void {
    if (!this.#isClientOpen) return;
    this.#isClientOpen = false;
    this.#options.handlers.onClose(code);
    this.#settle();
  }

  #settle(): void {
    if (!this.#isClientOpen && !this.#isServerOpen) this.#options.onOver();
  }
}
