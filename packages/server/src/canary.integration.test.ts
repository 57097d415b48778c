import { expect, it } from "vitest";
import { createChatServer } from "./chat-server.js";
import { readConfig } from "./config.js";
import { createLog } from "./telemetry/log.js";
import { becomeGuest } from "./testing/enter-as-guest.js";
import { testOpId } from "./testing/op-ids.js";
import { TestClient } from "./testing/test-client.js";
import { hello, message } from "./testing/test-gateway.js";
import { tryUpgrade } from "./testing/try-upgrade.js";
import { makeTemporaryDirectory } from "./testing/temporary-directory.js";

const CANARY = "canary-7f3a";

it("no body, name, token, room or address reaches the log, at its most talkative", async () => {
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => void lines.push(line) });
  const config = readConfig({
    PORT: "0",
    CONFAB_GUESTS: "on",
    CONFAB_ROOMS: "*",
    CONFAB_DATA: makeTemporaryDirectory(),
  });
  const server = await createChatServer({ config, log });
  const url = await server.start();

  const { token } = await becomeGuest(url, CANARY);
  const client = await TestClient.connect(url);
  client.send(hello(token, { [CANARY]: { ref: 1 } }, CANARY));
  await client.next("synced");
  client.send(message(testOpId(), CANARY, CANARY), message(testOpId(), `${CANARY}\u0000`, CANARY));
  await client.next("nack");
  client.send({ t: "sub", room: CANARY, ref: CANARY }, { t: CANARY });
  await client.next("error");
  client.socket.send(`{"${CANARY}`);
  await client.closed;

  const stranger = await TestClient.connect(url);
  stranger.send(hello(`${CANARY}.${CANARY}.${CANARY}`));
  await stranger.closed;
  await tryUpgrade(url, { path: `/v1/ws?token=${CANARY}` });
  await tryUpgrade(url, { origin: `https://${CANARY}.test` });
  const headers = { authorization: `Bearer ${CANARY}` };
  await fetch(`${url}/v1/rooms/${CANARY}/messages?before=${CANARY}`, { headers });
  log.write("error", "unexpected-error", { problem: new Error(CANARY) });
  await server.stop();

  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  for (const event of [
    "server-started",
    "connection-closed",
    "authentication-refused",
    "upgrade-refused",
    "unexpected-error",
    "server-stopped",
  ]) {
    expect(events).toContain(event);
  }
  const text = lines.join("\n");
  for (const secret of [CANARY, token, token.split(".")[2] ?? token, "127.0.0.1"]) {
    expect(text).not.toContain(secret);
  }
});
