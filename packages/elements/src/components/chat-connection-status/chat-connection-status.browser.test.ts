import { expect } from "@open-wc/testing";
import "../../define/chat-connection-status.js";
import { listenToAnnouncements } from "../../testing/announcements.js";
import { ManualClock } from "../../testing/manual-clock.js";
import { mount, settled } from "../../testing/mount.js";
import { textOf, within } from "../../testing/query.js";
import type { ChatConnectionStatus } from "./chat-connection-status.js";

describe("chat-connection-status", () => {
  let status: ChatConnectionStatus;
  let clock: ReturnType<typeof ManualClock.install>;
  let speech: ReturnType<typeof listenToAnnouncements>;

  beforeEach(async () => {
    clock = ManualClock.install(1_000_000);
    speech = listenToAnnouncements();
    status = document.createElement("chat-connection-status");
    status.state = { status: "live", via: "socket" };
    await mount(status);
  });

  afterEach(() => {
    speech.stop();
    clock.restore();
  });

  const banner = (): string => {
    const element = status.shadowRoot?.querySelector(".banner");
    return element ? textOf(element) : "";
  };

  async function set(state: ChatConnectionStatus["state"]): Promise<void> {
    status.state = state;
    await settled(status);
  }

  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await settled(status);
  }

  it("is silent about a short interruption", async () => {
    await set({ status: "waiting", attempt: 1, retryAt: 1_001_000, reason: "lost" });
    await pass(2900);
    await set({ status: "live", via: "socket" });
    expect(banner()).to.equal("");
    expect(speech.heard).to.deep.equal([]);
  });

  it("counts down to the next attempt and offers not to wait, then is glad", async () => {
    await set({ status: "waiting", attempt: 3, retryAt: 1_010_000, reason: "lost" });
    await pass(3000);
    expect(banner()).to.equal("Connection lost. Reconnecting in 7 s Reconnect now");
    await expect(status).to.be.accessible();
    await pass(1000);
    expect(banner()).to.contain("in 6 s");
    let asked = 0;
    status.addEventListener("chat-reconnect", () => (asked += 1));
    within(status, "button").click();
    expect(asked).to.equal(1);
    await set({ status: "live", via: "socket" });
    expect(banner()).to.equal("Back online");
    await pass(2000);
    expect(banner()).to.equal("");
    expect(speech.heard).to.deep.equal(["Connection lost. Reconnecting", "Back online"]);
  });

  it("says that there is no network and that nothing is lost", async () => {
    await set({ status: "waiting", attempt: 1, retryAt: 9e15, reason: "offline" });
    await pass(2000);
    expect(banner()).to.equal("You are offline. Messages will be sent when you reconnect.");
  });
});
