import { describe, expect, it } from "vitest";
import { readConfig } from "./config.js";
import { StartError } from "./platform/start-error.js";

function problemsOf(environment: Record<string, string>): StartError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof StartError) return error;
  }
  throw new Error("the configuration is valid");
}

describe("readConfig", () => {
  it("has a default for everything", () => {
    expect(readConfig({})).toEqual({
      port: 8787,
      host: "127.0.0.1",
      dataDirectory: "./data",
      allowedOrigins: [],
      rooms: ["lobby"],
      guests: "off",
      audience: "confab",
      rateLimits: "on",
      eventRetentionDays: 30,
      logLevel: "info",
    });
  });

  it("reads every setting", () => {
    const secret = "s".repeat(32);
    expect(
      readConfig({
        PORT: "0",
        HOST: "0.0.0.0",
        CONFAB_DATA: "/var/lib/confab",
        CONFAB_PUBLIC_URL: "https://chat.example.com/",
        CONFAB_ALLOWED_ORIGINS: "https://www.example.com, http://localhost:3000,*",
        CONFAB_ROOMS: "lobby, post-*",
        CONFAB_GUESTS: "on",
        CONFAB_JWT_SECRET: secret,
        CONFAB_AUDIENCE: "chat",
        CONFAB_ISSUER: "https://example.com",
        CONFAB_RATE_LIMITS: "off",
        CONFAB_EVENT_RETENTION_DAYS: "90",
        CONFAB_LOG_LEVEL: "warn",
        HOME: "/root",
      }),
    ).toEqual({
      port: 0,
      host: "0.0.0.0",
      dataDirectory: "/var/lib/confab",
      publicOrigin: "https://chat.example.com",
      allowedOrigins: ["https://www.example.com", "http://localhost:3000", "*"],
      rooms: ["lobby", "post-*"],
      guests: "on",
      jwtSecret: secret,
      audience: "chat",
      issuer: "https://example.com",
      rateLimits: "off",
      eventRetentionDays: 90,
      logLevel: "warn",
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readConfig({ PORT: "", CONFAB_ROOMS: " ", CONFAB_JWT_SECRET: "" })).toEqual(
      readConfig({}),
    );
  });

  it("lists every problem at once, exits 78, and quotes no value", () => {
    const error = problemsOf({
      PORT: "70000",
      CONFAB_GUESTS: "maybe",
      CONFAB_JWT_SECRET: "too-short-secret",
      CONFAB_PUBLIC_URL: "chat.example.com",
      CONFAB_ALLOWED_ORIGINS: "www.example.com,https://a.test/path",
      CONFAB_ROOMS: "Lobby!",
      CONFAB_EVENT_RETENTION_DAYS: "29",
      CONFAB_LOG_LEVEL: "loud",
      CONFAB_GUEST: "on",
    });
    expect(error.exitStatus).toBe(78);
    for (const name of [
      "PORT",
      "CONFAB_EVENT_RETENTION_DAYS",
      "CONFAB_GUESTS",
      "CONFAB_JWT_SECRET",
      "CONFAB_PUBLIC_URL",
      "CONFAB_ALLOWED_ORIGINS",
      "CONFAB_ROOMS",
      "CONFAB_LOG_LEVEL",
      "CONFAB_GUEST is not a setting",
    ]) {
      expect(error.message).toContain(name);
    }
    expect(error.message).not.toContain("too-short-secret");
    expect(error.message.split("\n")).toHaveLength(10);
  });
});
