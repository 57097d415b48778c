import { ChatError, type ConnectionState } from "@confab/sdk";
import { expect, it } from "vitest";
import { connectionBanner, type ConnectionHistory } from "./connection-banner.js";

const WAITING = { status: "waiting", attempt: 1, retryAt: 20_000 } as const;
const kindAt = (state: ConnectionState | undefined, history: Partial<ConnectionHistory>): string =>
  connectionBanner(state, { now: 10_000, wasEverLive: true, ...history }).banner.kind;

it("is silent while nothing is known, idle, live, or just lost", () => {
  expect(kindAt(undefined, {})).toBe("none");
  expect(kindAt({ status: "idle" }, {})).toBe("none");
  expect(kindAt({ status: "live", via: "socket" }, {})).toBe("none");
  expect(kindAt({ ...WAITING, reason: "lost" }, { lostAt: 7001 })).toBe("none");
  expect(kindAt({ ...WAITING, reason: "offline" }, { lostAt: 8001 })).toBe("none");
});

it("tells a lost connection from one that never was, and from a missing network", () => {
  expect(kindAt({ ...WAITING, reason: "lost" }, { lostAt: 7000 })).toBe("reconnecting");
  expect(kindAt({ status: "connecting", attempt: 2 }, { lostAt: 7000 })).toBe("reconnecting");
  const never = { lostAt: 7000, wasEverLive: false };
  expect(kindAt({ ...WAITING, reason: "lost" }, never)).toBe("unreachable");
  expect(kindAt({ ...WAITING, reason: "offline" }, { lostAt: 8000 })).toBe("offline");
});

it("asks to sign in again when the identity is refused", () => {
  expect(kindAt({ ...WAITING, reason: "refused" }, { lostAt: 7000 })).toBe("expired");
  const error = new ChatError("unauthenticated", "unable to connect; refused");
  expect(kindAt({ status: "closed", error }, {})).toBe("expired");
});

it("tells an old page from a closed connection, and says nothing of one that was meant", () => {
  const version = new ChatError("version", "unable to connect; too old");
  expect(kindAt({ status: "closed", error: version }, {})).toBe("version");
  const forbidden = new ChatError("forbidden", "unable to connect; banned");
  expect(kindAt({ status: "closed", error: forbidden }, {})).toBe("closed");
  expect(kindAt({ status: "closed" }, {})).toBe("none");
});

it("is glad for two seconds when the connection is back", () => {
  expect(kindAt({ status: "live", via: "socket" }, { backAt: 8001 })).toBe("back");
  expect(kindAt({ status: "live", via: "socket" }, { backAt: 8000 })).toBe("none");
});

it("says when it has to be asked again", () => {
  const history = { now: 10_000, wasEverLive: true };
  const lost: ConnectionState = { ...WAITING, reason: "lost" };
  expect(connectionBanner(lost, { ...history, lostAt: 9000 }).nextMs).toBe(2000);
  expect(connectionBanner(lost, { ...history, lostAt: 1000 }).nextMs).toBe(1000);
  expect(
    connectionBanner({ status: "live", via: "socket" }, { ...history, backAt: 9000 }).nextMs,
  ).toBe(1000);
});
