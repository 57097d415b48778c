import { connect, createServer, type Server, type Socket } from "node:net";
import { ProxiedLine } from "./proxied-line.js";

/** What happens to new connections while it lasts. */
export interface Gate {
  /** `closed`: refused. `sockets-only-fail`: HTTP passes, every upgrade is refused. */
  readonly mode: "open" | "closed" | "sockets-only-fail";
}

/**
 * A line to the server with everything that goes wrong on lines: connections through it are cut,
 * stalled, slowed down or swallowed, and new ones refused.
 */
export class TcpProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #lines: Set<ProxiedLine>;
  readonly #gate: { mode: Gate["mode"] };

  private constructor(
    port: number,
    parts: { server: Server; lines: Set<ProxiedLine>; gate: { mode: Gate["mode"] } },
  ) {
    this.url = `http://localhost:${String(port)}`;
    this.#server = parts.server;
    this.#lines = parts.lines;
    this.#gate = parts.gate;
  }

  static async to(targetPort: number): Promise<TcpProxy> {
    const lines = new Set<ProxiedLine>();
    const gate: { mode: Gate["mode"] } = { mode: "open" };
    const server = createServer({ allowHalfOpen: true }, (near) => {
      accept(near, targetPort, lines, gate);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return new TcpProxy(port, { server, lines, gate });
  }

  /** The connections that are open now. */
  get lines(): readonly ProxiedLine[] {
    return [...this.#lines];
  }

  /** Decides about connections from now on; those that are open stay. */
  setGate({ mode }: Gate): void {
    this.#gate.mode = mode;
  }

  /** Takes the line away: everything open is reset, everything new refused. */
  cut(): void {
    this.#gate.mode = "closed";
    this.reset();
  }

  /** Gives the line back to new connections. */
  restore(): void {
    this.#gate.mode = "open";
  }

  /** Resets every open connection. */
  reset(): void {
    for (const line of this.#lines) line.cut("reset");
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

function accept(near: Socket, targetPort: number, lines: Set<ProxiedLine>, gate: Gate): void {
  if (gate.mode === "closed") {
    near.on("error", () => near.destroy());
    near.resetAndDestroy();
    return;
  }
  const far = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true });
  const line = new ProxiedLine(near, far, {
    refusesUpgrade: () => gate.mode === "sockets-only-fail",
    ended: () => lines.delete(line),
  });
  lines.add(line);
}
