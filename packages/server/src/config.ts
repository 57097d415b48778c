import { LIMITS, roomIdSchema } from "@confab/sdk/protocol";
import { parseUrl } from "./platform/parse-url.js";
import { StartError } from "./platform/start-error.js";
import type { LogLevel } from "./telemetry/log.js";

/** Everything an operator can set. */
export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  /** Directory of the database and the guest secret. */
  readonly dataDirectory: string;
  /** Origin people reach this server at, when it is not the `Host` of their requests. */
  readonly publicOrigin?: string;
  /** Other origins that may connect; `*` for any. */
  readonly allowedOrigins: readonly string[];
  /**
   * Ids of rooms that exist from the start, and patterns of rooms that come into being when opened.
   */
  readonly rooms: readonly string[];
  readonly guests: "on" | "off";
  /** Secret of the host application's HS256 tokens; without it only guests can enter. */
  readonly jwtSecret?: string;
  readonly audience: string;
  readonly issuer?: string;
  readonly rateLimits: "on" | "off";
  /** How long events stay in the log; messages stay for ever. */
  readonly eventRetentionDays: number;
  readonly logLevel: LogLevel;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** RFC 7518 asks for a key as long as the hash; the library itself would accept five bytes. */
const JWT_SECRET_MIN_BYTES = 32;

/** Less, and an op that was sent late could be stored twice. [O4] */
const EVENT_RETENTION_MIN_DAYS = LIMITS.eventMinAgeMs / 86_400_000;

/** A century, which nobody reaches by mistake. */
const EVENT_RETENTION_MAX_DAYS = 36_500;

const SETTINGS = new Set([
  "CONFAB_ALLOWED_ORIGINS",
  "CONFAB_AUDIENCE",
  "CONFAB_DATA",
  "CONFAB_EVENT_RETENTION_DAYS",
  "CONFAB_GUESTS",
  "CONFAB_ISSUER",
  "CONFAB_JWT_SECRET",
  "CONFAB_LOG_LEVEL",
  "CONFAB_PUBLIC_URL",
  "CONFAB_RATE_LIMITS",
  "CONFAB_ROOMS",
]);

/**
 * Reads the configuration from environment variables. An empty variable counts as not set; a
 * `CONFAB_` variable that does not exist is a problem, since it is mostly a typing error.
 *
 * @throws StartError that lists every problem at once. Values are never quoted, because one of them
 * is a secret.
 */
export function readConfig(environment: Environment = process.env): ServerConfig {
  const reader = new SettingReader(environment);
  const publicOrigin = reader.origin("CONFAB_PUBLIC_URL");
  const jwtSecret = reader.secret("CONFAB_JWT_SECRET");
  const issuer = reader.text("CONFAB_ISSUER");
  const config: ServerConfig = {
    port: reader.port("PORT", 8787),
    host: reader.text("HOST") ?? "127.0.0.1",
    dataDirectory: reader.text("CONFAB_DATA") ?? "./data",
    allowedOrigins: reader.origins("CONFAB_ALLOWED_ORIGINS"),
    rooms: reader.rooms("CONFAB_ROOMS", ["lobby"]),
    guests: reader.choice("CONFAB_GUESTS", ["off", "on"]),
    audience: reader.text("CONFAB_AUDIENCE") ?? "confab",
    rateLimits: reader.choice("CONFAB_RATE_LIMITS", ["on", "off"]),
    eventRetentionDays: reader.days("CONFAB_EVENT_RETENTION_DAYS"),
    logLevel: reader.choice("CONFAB_LOG_LEVEL", ["info", "debug", "warn", "error", "silent"]),
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    ...(jwtSecret === undefined ? {} : { jwtSecret }),
    ...(issuer === undefined ? {} : { issuer }),
  };
  reader.finish();
  return config;
}

/** Reads settings one by one and collects what is wrong with them. */
class SettingReader {
  readonly #environment: Environment;
  readonly #problems: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  finish(): void {
    for (const name of Object.keys(this.#environment)) {
      const isUnknown = name.startsWith("CONFAB_") && !SETTINGS.has(name);
      if (isUnknown) this.#problems.push(`${name} is not a setting of this version`);
    }
    if (this.#problems.length === 0) return;
    const list = this.#problems.map((problem) => `  - ${problem}`).join("\n");
    throw new StartError(`The configuration is not valid:\n${list}`);
  }

  text(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === "" ? undefined : value;
  }

  port(name: string, fallback: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
    if (port <= 65_535) return port;
    this.#problem(`${name} must be a port number from 0 to 65535`);
    return fallback;
  }

  days(name: string): number {
    const value = this.text(name);
    const [minimum, maximum] = [EVENT_RETENTION_MIN_DAYS, EVENT_RETENTION_MAX_DAYS];
    if (value === undefined) return minimum;
    const days = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
    if (days >= minimum && days <= maximum) return days;
    this.#problem(`${name} must be a number from ${String(minimum)} to ${String(maximum)}`);
    return minimum;
  }

  choice<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.text(name);
    const chosen = choices.find((choice) => choice === value);
    if (chosen !== undefined || value === undefined) return chosen ?? choices[0];
    this.#problem(`${name} must be one of ${choices.join(", ")}`);
    return choices[0];
  }

  secret(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined || Buffer.byteLength(value) >= JWT_SECRET_MIN_BYTES) return value;
    const minimum = String(JWT_SECRET_MIN_BYTES);
    const remedy = "make one with `openssl rand -base64 48`";
    this.#problem(`${name} must have at least ${minimum} bytes; ${remedy}`);
    return undefined;
  }

  origin(name: string): string | undefined {
    const value = this.text(name);
    const origin = value === undefined ? undefined : parseOrigin(value);
    if (value === undefined || origin !== undefined) return origin;
    this.#problem(`${name} must be a URL like https://chat.example.com`);
    return undefined;
  }

  origins(name: string): string[] {
    return this.#list(name).flatMap((entry) => {
      const origin = entry === "*" ? entry : parseOrigin(entry);
      if (origin !== undefined) return [origin];
      const example = "https://www.example.com, without a path";
      this.#problem(`${name} must list origins like ${example}, or *`);
      return [];
    });
  }

  rooms(name: string, fallback: readonly string[]): readonly string[] {
    const entries = this.#list(name);
    for (const entry of entries) {
      if (roomIdSchema.safeParse(entry.replaceAll("*", "x")).success) continue;
      const alphabet = 'a–z, 0–9, ".", "_" and "-", at most 64, and "*" in patterns';
      this.#problem(`${name} must list room ids made of ${alphabet}`);
    }
    return entries.length === 0 ? fallback : entries;
  }

  #list(name: string): string[] {
    const entries = (this.text(name) ?? "").split(",").map((entry) => entry.trim());
    return entries.filter((entry) => entry !== "");
  }

  #problem(sentence: string): void {
    if (!this.#problems.includes(sentence)) this.#problems.push(sentence);
  }
}

function parseOrigin(text: string): string | undefined {
  const url = parseUrl(text);
  const isOrigin = url !== undefined && (url.protocol === "https:" || url.protocol === "http:");
  return isOrigin && url.pathname === "/" && url.search === "" ? url.origin : undefined;
}
