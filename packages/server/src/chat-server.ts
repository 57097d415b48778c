import type { Hono } from "hono";
import type { Server } from "node:http";
import { createApp } from "./app.js";
import { AllowedOrigins } from "./auth/allowed-origins.js";
import type { Authenticator } from "./auth/authenticator.js";
import { loadGuestSecret } from "./auth/guest-secret.js";
import { GuestTokens } from "./auth/guest-tokens.js";
import { HostTokens } from "./auth/host-tokens.js";
import { createJwtAuthenticator } from "./auth/jwt-authenticator.js";
import { createChatCore, type ChatCore } from "./chat-core.js";
import type { ServerConfig } from "./config.js";
import { ConnectionCaps, type ConnectionLimits } from "./gateway/connection-caps.js";
import type { Gateway } from "./gateway/gateway.js";
import { acceptUpgrades } from "./gateway/upgrade.js";
import { closeHttpServer, createHttpServer } from "./http-server.js";
import type { HttpEnv } from "./http/http-env.js";
import { listen } from "./listen.js";
import { systemClock } from "./platform/clock.js";
import { systemRandom } from "./platform/random.js";
import { RateLimiter } from "./platform/rate-limiter.js";
import { openStorage } from "./storage/open-storage.js";
import { Retention } from "./storage/retention.js";
import type { Storage } from "./storage/storage.js";
import { createStandardLog, type Log } from "./telemetry/log.js";
import { VERSION } from "./version.js";

/** What a server is made of. */
export interface ChatServerOptions {
  readonly config: ServerConfig;
  /**
   * Where it tells its operator what happens; without one it writes JSON lines to standard error.
   */
  readonly log?: Log;
  /** Directory served at `/`: the script tag's bundle and a page. Without one only the API is. */
  readonly publicDirectory?: string;
}

/** A chat server in this process. */
export interface ChatServer {
  /** The HTTP side, to be mounted in another Hono app. WebSockets come only through `start`. */
  readonly app: Hono<HttpEnv>;
  /** The address to open, once started. */
  readonly url: string | undefined;
  /**
   * Listens, and answers with the address to open.
   *
   * @throws StartError when the port cannot be used; then everything is let go of, as by `stop`.
   */
  start(): Promise<string>;
  /**
   * Sends clients away with a time to return, commits what waits, lets go of port and data. [V6]
   */
  stop(): Promise<void>;
}

/** Guests one address may become: enough for a class room, too few for a flood. */
const GUEST_RATE = { burst: 20, intervalMs: 6_000 };

const DAY_MS = 86_400_000;

const CONNECTIONS_MAX_COUNT = 10_000;

/** Connections of one address: a company behind one router must fit. */
const ADDRESS_CONNECTIONS_MAX_COUNT = 200;

/**
 * Opens the data directory and puts a server together; it serves nobody before `start`.
 *
 * @throws StartError when the directory is in use, or its database cannot be opened.
 */
export async function createChatServer(options: ChatServerOptions): Promise<ChatServer> {
  const { config, publicDirectory } = options;
  const log = options.log ?? createStandardLog(config.logLevel);
  warnAboutConfig(config, log);
  const surroundings = { clock: systemClock, random: systemRandom, log };
  const storage = openStorage(config.dataDirectory, surroundings);
  try {
    return await composeServer(config, log, storage, publicDirectory);
  } catch (error) {
    await closeStorage(storage);
    throw error;
  }
}

async function composeServer(
  config: ServerConfig,
  log: Log,
  storage: Storage,
  publicDirectory: string | undefined,
): Promise<ChatServer> {
  const guestTokens = openGuestTokens(config);
  const authenticator = openAuthenticator(config, guestTokens);
  const origins = new AllowedOrigins(config.allowedOrigins, config.publicOrigin);
  const core = createChatCore({
    storage,
    authenticator,
    clock: systemClock,
    random: systemRandom,
    log,
    rooms: config.rooms,
    access: { guests: config.guests },
  });
  await openListedRooms(core);
  const { gateway, polling, rooms, sync } = core;
  const caps = new ConnectionCaps(connectionLimits(config));
  const app = createApp({
    history: { authenticator, rooms, sync },
    withoutSocket: { polling, caps },
    guests: { tokens: guestTokens, limiter: guestLimiter(config), log },
    health: {
      version: VERSION,
      isDraining: () => gateway.isDraining,
      checkStorage: (done) => storage.check(done),
    },
    origins,
    publicDirectory,
    log,
  });
  const server = createHttpServer(app);
  acceptUpgrades(server, { gateway, origins, caps, log });
  const maxAgeMs = config.eventRetentionDays * DAY_MS;
  const retention = new Retention({ storage, clock: systemClock, log, maxAgeMs });
  return runServer({ app, server, gateway, storage, retention, config, log });
}

/** Everything that has to be started and stopped. */
interface RunningParts {
  readonly app: Hono<HttpEnv>;
  readonly server: Server;
  readonly gateway: Gateway;
  readonly storage: Storage;
  readonly retention: Retention;
  readonly config: ServerConfig;
  readonly log: Log;
}

function runServer({
  app,
  server,
  gateway,
  storage,
  retention,
  config,
  log,
}: RunningParts): ChatServer {
  let url: string | undefined;

  async function stop(): Promise<void> {
    retention.stop();
    await new Promise<void>((resolve) => gateway.drain(resolve));
    await closeHttpServer(server);
    await closeStorage(storage);
    log.write("info", "server-stopped");
  }

  async function start(): Promise<string> {
    try {
      url = await listen(server, config);
    } catch (error) {
      await stop();
      throw error;
    }
    retention.start();
    log.write("debug", "server-started");
    return url;
  }

  return {
    app,
    get url() {
      return url;
    },
    start,
    stop,
  };
}

function openGuestTokens({ guests, dataDirectory }: ServerConfig): GuestTokens | undefined {
  if (guests === "off") return undefined;
  return new GuestTokens(loadGuestSecret(dataDirectory, systemRandom), systemClock, systemRandom);
}

function openAuthenticator(
  { jwtSecret, audience, issuer }: ServerConfig,
  guest: GuestTokens | undefined,
): Authenticator {
  const rules = { audience, ...(issuer === undefined ? {} : { issuer }) };
  return createJwtAuthenticator({
    ...(guest === undefined ? {} : { guest }),
    ...(jwtSecret === undefined
      ? {}
      : { host: new HostTokens({ secret: jwtSecret, ...rules }, systemClock) }),
  });
}

function openListedRooms({ rooms }: ChatCore): Promise<void> {
  return new Promise((resolve, reject) => {
    rooms.openListed((result) => {
      if (result.ok) resolve();
      else reject(new Error("unable to make the listed rooms", { cause: result.cause }));
    });
  });
}

function guestLimiter({ rateLimits }: ServerConfig): RateLimiter | undefined {
  return rateLimits === "on" ? new RateLimiter(GUEST_RATE, systemClock) : undefined;
}

function connectionLimits({ rateLimits }: ServerConfig): ConnectionLimits {
  const isLimited = rateLimits === "on";
  return {
    total: CONNECTIONS_MAX_COUNT,
    perAddress: isLimited ? ADDRESS_CONNECTIONS_MAX_COUNT : CONNECTIONS_MAX_COUNT,
  };
}

/** Settings that are allowed and mostly a mistake. */
function warnAboutConfig({ guests, jwtSecret, rateLimits }: ServerConfig, log: Log): void {
  if (guests === "off" && jwtSecret === undefined) log.write("warn", "nobody-can-enter");
  if (rateLimits === "off") log.write("warn", "rate-limits-off");
}

function closeStorage(storage: Storage): Promise<void> {
  return new Promise((resolve) => storage.close(resolve));
}
