import { LIMITS, SUBPROTOCOL } from "@confab/sdk/protocol";
import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import type { AllowedOrigins } from "../auth/allowed-origins.js";
import { clientAddress } from "../platform/client-address.js";
import type { Log } from "../telemetry/log.js";
import type { ConnectionCaps } from "./connection-caps.js";
import type { Gateway } from "./gateway.js";
import { judgeUpgrade, type UpgradeRefusal } from "./judge-upgrade.js";
import type { Socket } from "./socket.js";

/** What accepting connections needs. */
export interface UpgradeParts {
  readonly gateway: Gateway;
  readonly origins: AllowedOrigins;
  readonly caps: ConnectionCaps;
  readonly log: Log;
}

/** Parts of a fragmented message at most; people's clients send one. */
const FRAGMENTS_MAX_COUNT = 64;

/**
 * How long `ws` waits for the other side of a closing handshake. The session's own deadline is
 * shorter.
 */
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Lets clients of this HTTP server connect. The only file that meets the upgrade and the raw
 * socket: behind it a connection is a `Socket`. Once there is an upgrade listener, Node hands it
 * every request with an `Upgrade` header, so all are answered here.
 */
export function acceptUpgrades(server: Server, parts: UpgradeParts): void {
  const { caps } = parts;
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LIMITS.messageMaxBytes,
    handleProtocols: () => SUBPROTOCOL,
    ...{ maxFragments: FRAGMENTS_MAX_COUNT, closeTimeout: CLOSE_TIMEOUT_MS },
  });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const address = clientAddress({
      remoteAddress: request.socket.remoteAddress,
      forwardedFor: firstValue(request.headers["x-forwarded-for"]),
    });
    const refusal = judge(request, parts, caps.problem(address));
    if (refusal !== undefined) {
      parts.log.write("info", "upgrade-refused", refusal);
      refuse(stream, refusal);
      return;
    }
    webSockets.handleUpgrade(request, stream, head, (webSocket) => {
      caps.add(address);
      webSocket.on("close", () => {
        caps.remove(address);
      });
      connect(webSocket, stream, parts.gateway);
    });
  });
}

function judge(
  { method, url, headers }: IncomingMessage,
  { gateway, origins }: UpgradeParts,
  capProblem: "total" | "address" | undefined,
): UpgradeRefusal | undefined {
  return judgeUpgrade(
    {
      method,
      target: url,
      upgrade: headers.upgrade,
      host: headers.host,
      origin: headers.origin,
      subprotocols: headers["sec-websocket-protocol"],
    },
    { isDraining: gateway.isDraining, capProblem, origins },
  );
}

function refuse(stream: Duplex, { status, retryAfterSeconds }: UpgradeRefusal): void {
  const retryAfter =
    retryAfterSeconds === undefined ? "" : `Retry-After: ${String(retryAfterSeconds)}\r\n`;
  stream.on("error", () => {
    stream.destroy();
  });
  stream.once("finish", () => {
    stream.destroy();
  });
  stream.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ""}\r\n` +
      `Connection: close\r\nContent-Length: 0\r\n${retryAfter}\r\n`,
  );
}

function connect(webSocket: WebSocket, stream: Duplex, gateway: Gateway): void {
  const session = gateway.accept(new RawSocket(webSocket, stream));
  webSocket.on("message", (data: RawData, isBinary: boolean) => {
    if (isBinary) session.receiveBinary();
    else session.receive((data as Buffer).toString("utf8"));
  });
  webSocket.on("close", () => {
    session.closed();
  });
  webSocket.on("error", () => {
    // A close event follows every error and says all there is to do.
  });
}

/** A `ws` socket as the gateway sees it. */
class RawSocket implements Socket {
  readonly #webSocket: WebSocket;
  readonly #stream: Duplex;
  #isCorked = false;

  constructor(webSocket: WebSocket, stream: Duplex) {
    this.#webSocket = webSocket;
    this.#stream = stream;
  }

  /** Everything sent before the next tick leaves in one write. [W2] */
  send(message: string): void {
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#stream.cork();
      process.nextTick(() => {
        this.#isCorked = false;
        this.#stream.uncork();
      });
    }
    this.#webSocket.send(message);
  }

  bufferedBytes(): number {
    return this.#webSocket.bufferedAmount;
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }
}

function firstValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.at(-1) : header;
}
