import { connect, createServer, type Server, type Socket } from "node:net";

/**
 * A line to the server that can be taken away: connections through it are cut, and new ones refused
 * until it is back.
 */
export class TcpProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #line: { isUp: boolean };

  private constructor(port: number, server: Server, sockets: Set<Socket>, line: { isUp: boolean }) {
    this.url = `http://localhost:${String(port)}`;
    this.#server = server;
    this.#sockets = sockets;
    this.#line = line;
  }

  static async to(targetPort: number): Promise<TcpProxy> {
    const sockets = new Set<Socket>();
    const line = { isUp: true };
    const server = createServer((near) => {
      if (!line.isUp) {
        near.destroy();
        return;
      }
      const far = connect(targetPort, "127.0.0.1");
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one);
        one.pipe(other);
        one.on("error", () => one.destroy());
        one.on("close", () => {
          sockets.delete(one);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return new TcpProxy(port, server, sockets, line);
  }

  cut(): void {
    this.#line.isUp = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#line.isUp = true;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
