import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { browserOptions } from "../e2e/browser-options.js";
import { TcpProxy } from "../network/tcp-proxy.js";
import { bundlePrograms } from "./bundle-programs.js";
import type { ChaosPlan } from "./chaos-plan.js";
import { ChaosServer } from "./chaos-server.js";
import { DataDirectory } from "./data-directory.js";
import { HistoryWriter } from "./history-writer.js";
import { HostTokens, PageServer } from "./page-server.js";
import type { ChaosClient } from "./people/chaos-client.js";
import type { ClientPlaces } from "./people/client-places.js";
import { NodePerson } from "./people/node-person.js";
import { PagePerson } from "./people/page-person.js";

/** Short enough that every client renews its token several times in a run. */
const TOKEN_LIFETIME_SECONDS = 150;

/** Tabs, by name and user: the first two share a browser and a user. */
const TABS = [
  { name: "pia-left", user: "pia", context: 0 },
  { name: "pia-right", user: "pia", context: 0 },
  { name: "quinn", user: "quinn", context: 1 },
] as const;

const NODE_USERS = ["ada", "ben", "cleo", "dev", "eve", "finn"];

/** Everything of a run that is not the plan: processes, lines, files, people. */
export interface ChaosWorld {
  readonly plan: ChaosPlan;
  readonly folder: string;
  readonly history: HistoryWriter;
  readonly data: DataDirectory;
  readonly server: ChaosServer;
  readonly proxy: TcpProxy;
  readonly pageServer: PageServer;
  readonly tokens: HostTokens;
  readonly browser: Browser;
  readonly processes: readonly NodePerson[];
  readonly tabs: readonly PagePerson[];
  readonly clients: readonly ChaosClient[];
}

/** Builds a world in `folder`, with the server running and everybody in their first life. */
export async function createWorld(plan: ChaosPlan, folder: string): Promise<ChaosWorld> {
  mkdirSync(folder, { recursive: true });
  const programs = await bundlePrograms(folder);
  const history = new HistoryWriter(join(folder, "history"));
  const data = new DataDirectory(folder);
  const tokens = new HostTokens(TOKEN_LIFETIME_SECONDS);
  const server = await ChaosServer.create(data.path, {
    program: programs.server,
    logFile: join(folder, "server.log"),
    secret: tokens.secret,
    rooms: plan.rooms.join(","),
  });
  if (!(await server.start())) throw new Error(`the server did not start; see ${folder}`);
  const proxy = await TcpProxy.to(server.port);
  const pageServer = await PageServer.start(programs.pageFolder, tokens);
  const browser = await chromium.launch(browserOptions());
  const places: ClientPlaces = {
    url: proxy.url,
    pageUrl: pageServer.url,
    tokenUrl: (user) => pageServer.tokenUrl(user),
    rooms: plan.rooms,
    users: [...NODE_USERS.slice(0, plan.nodeClients), ...TABS.map(({ user }) => user)],
    seed: plan.seed,
    history,
  };
  const contexts = [await browser.newContext(), await browser.newContext()];
  const processes = NODE_USERS.slice(0, plan.nodeClients).map(
    (user) => new NodePerson(user, programs.nodeClient, places),
  );
  const tabs = TABS.map(({ name, user, context }) => {
    return new PagePerson(name, user, contexts[context] as (typeof contexts)[0], places);
  });
  const clients = [...processes, ...tabs];
  for (const client of clients) await client.begin();
  return {
    plan,
    folder,
    history,
    data,
    server,
    proxy,
    pageServer,
    tokens,
    browser,
    processes,
    tabs,
    clients,
  };
}

/** Ends every process of a world, whatever state it is in. */
export async function endWorld(world: ChaosWorld): Promise<void> {
  for (const client of world.processes) await client.end();
  await world.browser.close().catch(() => undefined);
  world.proxy.close();
  world.pageServer.stop();
  await world.server.kill();
  world.data.moveHome();
}
