import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { SUBPROTOCOL } from "../protocol/version.js";
import { partysocketTransport } from "./partysocket-transport.js";
import { describeTransport, type ContractPeer, type TransportWorld } from "./transport.contract.js";

const STEP_MS = 5;
const PATIENCE_STEPS = 1_000;

async function buildWorld(): Promise<TransportWorld & { readonly protocols: string[] }> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  const gone = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await Promise.all([server, gone].map((it) => new Promise((done) => it.once("listening", done))));
  const [url, deadUrl] = [server, gone].map(
    (it) => `ws://127.0.0.1:${String((it.address() as AddressInfo).port)}/v1/ws`,
  );
  await new Promise((done) => {
    gone.close(done);
  });
  const peers: ContractPeer[] = [];
  const protocols: string[] = [];
  server.on("connection", (socket) => {
    protocols.push(socket.protocol);
    peers.push(peerOf(socket));
  });
  return {
    openTransport: partysocketTransport(WebSocket),
    url: url ?? "",
    deadUrl: deadUrl ?? "",
    peers,
    protocols,
    async until(condition) {
      for (let step = 0; step < PATIENCE_STEPS; step += 1) {
        if (condition()) return;
        await delay(STEP_MS);
      }
      throw new Error("it did not happen in good time");
    },
    rest: () => delay(10 * STEP_MS),
    async end() {
      for (const socket of server.clients) socket.terminate();
      await new Promise((done) => {
        server.close(done);
      });
    },
  };
}

function peerOf(socket: WebSocket): ContractPeer {
  const received: string[] = [];
  let isOver = false;
  socket.on("message", (data: Buffer) => received.push(data.toString()));
  socket.on("close", () => (isOver = true));
  return {
    received,
    get isOver() {
      return isOver;
    },
    send: (message) => {
      socket.send(message);
    },
    close: (code) => {
      socket.close(code);
    },
    terminate: () => {
      socket.terminate();
    },
  };
}

describeTransport("partysocketTransport over a real socket", buildWorld);

describe("partysocketTransport", () => {
  it("[W1] names the subprotocol", async () => {
    const world = await buildWorld();
    const opened = new Promise<void>((resolve) => {
      world.openTransport(world.url, {
        onOpen: resolve,
        onMessage: () => undefined,
        onClose: () => undefined,
      });
    });
    await opened;
    expect(world.protocols).toEqual([SUBPROTOCOL]);
    await world.end();
  });

  it("reports a WebSocket class that throws as a line that could not be made", async () => {
    const Forbidden = function () {
      throw new Error("a policy forbids it");
    };
    const code = await new Promise((resolve) => {
      partysocketTransport(Forbidden)("ws://127.0.0.1:1/", {
        onOpen: () => undefined,
        onMessage: () => undefined,
        onClose: resolve,
      });
    });
    expect(code).toBe(1006);
  });
});
