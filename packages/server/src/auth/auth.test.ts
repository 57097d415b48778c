import type { RoomInfo } from "@confab/sdk/protocol";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemRandom } from "../platform/random.js";
import { AllowedOrigins } from "./allowed-origins.js";
import { authorize } from "./authorize.js";
import { loadGuestSecret } from "./guest-secret.js";
import type { Principal } from "./principal.js";
import { cleanName, readName } from "./user-name.js";
import { makeTemporaryDirectory } from "../testing/temporary-directory.js";

type Row = Record<Principal["kind"], string>;

describe("authorize", () => {
  const guest = "msg.read msg.send msg.react msg.edit.own msg.delete.own";
  const user = "msg.read msg.send msg.react msg.pin msg.edit.own msg.delete.own";
  const table: Record<RoomInfo["kind"], Row> = {
    public: {
      user,
      guest,
      bot: user,
      system: "msg.read",
    },
    private: { user: "nothing", guest: "nothing", bot: "nothing", system: "nothing" },
    direct: { user: "nothing", guest: "nothing", bot: "nothing", system: "nothing" },
  };

  for (const kind of Object.keys(table) as RoomInfo["kind"][]) {
    for (const who of Object.keys(table[kind]) as Principal["kind"][]) {
      it(`a ${who} sees ${table[kind][who]} in a ${kind} room`, () => {
        const principal: Principal = { id: "x", name: "X", kind: who };
        const view = authorize(principal, { id: "room", kind, name: "Room" }, { guests: "on" });
        expect(view?.capabilities.join(" ") ?? "nothing").toBe(table[kind][who]);
      });
    }
  }

  it("a guest sees nothing while guests are off", () => {
    const guest: Principal = { id: "guest:x", name: "X", kind: "guest" };
    const room: RoomInfo = { id: "room", kind: "public", name: "Room" };
    expect(authorize(guest, room, { guests: "off" })).toBeUndefined();
  });
});

describe("names", () => {
  it.each([
    ["  Ann  ", "Ann"],
    ["e\u0301va", "éva"],
    ["李 小龙", "李 小龙"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧 family"],
    ["x".repeat(64), "x".repeat(64)],
  ])("reads %j", (text, name) => {
    expect(readName(text)).toBe(name);
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \t "],
    ["a letter that looks like nothing", "\u3164"],
    ["a control character", "a\u0007b"],
    ["a line break", "a\nb"],
    ["a mark that turns the text", "admin\u202e"],
    ["a mark that hides", "ad\u200bmin"],
    ["half a surrogate pair", "a\ud800"],
    ["65 characters", "x".repeat(65)],
  ])("refuses %s", (_case, text) => {
    expect(readName(text)).toBeUndefined();
  });

  it("makes the best of a host's name, or nothing", () => {
    expect(cleanName("  A\u202en\u0000n ")).toBe("Ann");
    expect(cleanName("👍".repeat(40))).toBe("👍".repeat(32));
    expect(cleanName("\u200b")).toBeUndefined();
  });
});

describe("AllowedOrigins", () => {
  it("a star allows every page but those without origin", () => {
    const origins = new AllowedOrigins(["*"]);
    expect(origins.allows("https://anything.example", undefined)).toBe(true);
    expect(origins.allows("null", undefined)).toBe(false);
  });

  it("a page of this very host is allowed, under whatever name people use", () => {
    const origins = new AllowedOrigins([]);
    expect(origins.allows("http://chat.example.com:8787", "chat.example.com:8787")).toBe(true);
    expect(origins.allows("http://other.example.com", "chat.example.com")).toBe(false);
  });

  it("a server that knows its public address believes no other name", () => {
    const origins = new AllowedOrigins([], "https://chat.example.com");
    expect(origins.allows("https://chat.example.com", "inside:8787")).toBe(true);
    expect(origins.allows("http://evil.example", "evil.example")).toBe(false);
    expect(origins.allows("http://localhost:8787", "localhost:8787")).toBe(true);
    expect(origins.isOwnHost("chat.example.com")).toBe(true);
    expect(origins.isOwnHost("localhost.evil.example")).toBe(false);
  });

  it("nothing is listed by nothing, and what is no origin is not allowed", () => {
    const origins = new AllowedOrigins([]);
    expect(origins.lists("https://www.example.com")).toBe(false);
    expect(origins.allows("not an origin", "not an origin")).toBe(false);
  });
});

describe("loadGuestSecret", () => {
  it("makes a secret once, for its owner alone", () => {
    const directory = makeTemporaryDirectory();
    const secret = loadGuestSecret(directory, systemRandom);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(loadGuestSecret(directory, systemRandom)).toBe(secret);
    expect(statSync(join(directory, "guest.secret")).mode & 0o077).toBe(0);
  });

  it("refuses a file that holds something else, and leaves it as it was", () => {
    const directory = makeTemporaryDirectory();
    writeFileSync(join(directory, "guest.secret"), "short");
    expect(() => loadGuestSecret(directory, systemRandom)).toThrow("guest.secret");
    expect(readFileSync(join(directory, "guest.secret"), "utf8")).toBe("short");
  });
});
