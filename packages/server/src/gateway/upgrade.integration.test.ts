import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { AllowedOrigins } from "../auth/allowed-origins.js";
import { SILENT_LOG } from "../telemetry/log.js";
import { TestClient } from "../testing/test-client.js";
import { TestGateway } from "../testing/test-gateway.js";
import { tryUpgrade } from "../testing/try-upgrade.js";
import { ConnectionCaps } from "./connection-caps.js";
import { acceptUpgrades } from "./upgrade.js";

const servers: Server[] = [];
const clients: TestClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate();
  for (const server of servers.splice(0)) server.close();
});

async function start(connections = { total: 10, perAddress: 10 }) {
  const { gateway } = new TestGateway().core;
  const server = createServer();
  servers.push(server);
  acceptUpgrades(server, {
    gateway,
    origins: new AllowedOrigins([]),
    caps: new ConnectionCaps(connections),
    log: SILENT_LOG,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const connect = async () => {
    const client = await TestClient.connect(url);
    clients.push(client);
    return client;
  };
  return { gateway, url, connect };
}

describe("acceptUpgrades", () => {
  it("[H2] a server that is draining says when to come back", async () => {
    const { gateway, url } = await start();
    gateway.drain(() => undefined);
    expect(await tryUpgrade(url)).toEqual({ status: 503, retryAfter: "5" });
  });

  it("[H2] an address with too many connections is told 429 until one has closed", async () => {
    const { url, connect } = await start({ total: 10, perAddress: 2 });
    const first = await connect();
    await connect();
    expect(await tryUpgrade(url)).toEqual({ status: 429, retryAfter: "5" });
    first.socket.close();
    await first.closed;
    expect(await tryUpgrade(url)).toEqual({ status: 101 });
  });

  it("[H2] a server that is full says 503", async () => {
    const { url, connect } = await start({ total: 1, perAddress: 10 });
    await connect();
    expect(await tryUpgrade(url)).toEqual({ status: 503, retryAfter: "5" });
  });

  it("a connection that ends is forgotten, however it ends", async () => {
    const { gateway, connect } = await start();
    const [polite, rude] = [await connect(), await connect()];
    expect(gateway.sessionCount).toBe(2);
    polite.socket.close(1000);
    rude.terminate();
    for (let wait = 0; wait < 100 && gateway.sessionCount > 0; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(gateway.sessionCount).toBe(0);
  });
});
