import { describe, expect, it } from "vitest";
import { AllowedOrigins } from "../auth/allowed-origins.js";
import { ConnectionCaps } from "./connection-caps.js";
import { judgeUpgrade, type UpgradeRequest, type UpgradeRules } from "./judge-upgrade.js";

const REQUEST: UpgradeRequest = {
  method: "GET",
  target: "/v1/ws",
  upgrade: "websocket",
  host: "chat.example.com",
  origin: undefined,
  subprotocols: "confab.v1",
};

const RULES: UpgradeRules = {
  isDraining: false,
  capProblem: undefined,
  origins: new AllowedOrigins(["https://www.example.com"]),
};

function status(request: Partial<UpgradeRequest>, rules: Partial<UpgradeRules> = {}) {
  return judgeUpgrade({ ...REQUEST, ...request }, { ...RULES, ...rules })?.status ?? 101;
}

describe("judgeUpgrade", () => {
  it.each([
    ["a good request", {}, 101],
    ["another path", { target: "/v1/other" }, 404],
    ["a path that only resolves to ours", { target: "/x/../v1/ws" }, 404],
    ["an encoded path", { target: "/%76%31/ws" }, 404],
    ["another host in the target", { target: "//evil.test/v1/ws" }, 404],
    ["another method", { method: "POST" }, 405],
    ["another upgrade", { upgrade: "h2c" }, 426],
    ["a page we served", { origin: "http://chat.example.com" }, 101],
    ["a page of a listed origin", { origin: "https://www.example.com" }, 101],
    ["a page of another scheme", { origin: "http://www.example.com" }, 403],
    ["a page of another port", { origin: "https://www.example.com:444" }, 403],
    ["a page whose host only begins like ours", { origin: "https://chat.example.com.evil" }, 403],
    ["a page without origin", { origin: "null" }, 403],
    ["a token in the query", { target: "/v1/ws?token=x" }, 400],
    ["an access_token in the query", { target: "/v1/ws?a=1&access_token=x" }, 400],
    ["no subprotocol", { subprotocols: undefined }, 400],
    ["another subprotocol", { subprotocols: "chat.v2, bearer.x" }, 400],
    ["our subprotocol among others", { subprotocols: "other, confab.v1" }, 101],
  ])("[H2] answers %s with the status it deserves", (_case, request, expected) => {
    expect(status(request)).toBe(expected);
  });

  it("[H2] checks in the order path, draining, caps, origin, token, subprotocol", () => {
    const wrong = { origin: "null", subprotocols: undefined, target: "/v1/ws?token=x" };
    const full = { isDraining: true, capProblem: "address" as const };
    expect(status({ ...wrong, target: "/nope" }, full)).toBe(404);
    expect(status(wrong, full)).toBe(503);
    expect(status(wrong, { capProblem: "address" })).toBe(429);
    expect(status(wrong, { capProblem: "total" })).toBe(503);
    expect(status(wrong)).toBe(403);
    expect(status({ ...wrong, origin: undefined })).toBe(400);
  });

  it("[H2] says when to come back if it is full or draining", () => {
    const refusal = judgeUpgrade(REQUEST, { ...RULES, isDraining: true });
    expect(refusal?.retryAfterSeconds).toBeGreaterThan(0);
  });
});

describe("ConnectionCaps", () => {
  it("[H2] counts by address and in total, and forgets closed connections", () => {
    const caps = new ConnectionCaps({ total: 3, perAddress: 2 });
    caps.add("a");
    expect(caps.problem("a")).toBeUndefined();
    caps.add("a");
    expect(caps.problem("a")).toBe("address");
    expect(caps.problem("b")).toBeUndefined();
    caps.add("b");
    expect(caps.problem("c")).toBe("total");
    caps.remove("a");
    expect(caps.problem("a")).toBeUndefined();
  });
});
