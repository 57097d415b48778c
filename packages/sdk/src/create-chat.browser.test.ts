import { expect } from "@open-wc/testing";
import type { ConnectionState } from "./connection/connection-state.js";
import { createChat } from "./create-chat.js";
import { fetchHttp } from "./platform/fetch-http.js";
import type { HttpAnswer } from "./platform/http.js";
import { SYSTEM_NETWORK } from "./platform/system-network.js";

/** Port 1 is closed, or forbidden by the browser, which is the same to a client. */
const NOBODY = "http://127.0.0.1:1";

describe("a chat on this browser's platform", () => {
  it("waits for the next attempt after a refused connection, and ends when closed", async () => {
    const chat = createChat({ url: NOBODY, token: () => "a.b.c" });
    const states: ConnectionState[] = [];
    const isWaiting = new Promise<void>((resolve) => {
      chat.$connection.subscribe((state) => {
        states.push(state);
        if (state.status === "waiting") resolve();
      });
    });
    chat.connect();
    await isWaiting;
    chat.close();
    const statuses = states.map(({ status }) => status);
    expect(statuses[0]).to.equal("idle");
    expect(statuses).to.include("connecting");
    expect(statuses.at(-1)).to.equal("closed");
  });

  it("shows a message at once and under an id of its own while there is no server", () => {
    const chat = createChat({ url: NOBODY, token: () => "a.b.c" });
    const room = chat.room("lobby");
    const first = room.send("one");
    const second = room.send("two");
    const shown = room.$timeline.get().flatMap((item) => (item.kind === "message" ? item.id : []));
    expect(shown).to.deep.equal([first.id, second.id]);
    expect(first.id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(second.id).to.not.equal(first.id);
    chat.close();
  });

  it("reads JSON, and takes an unreachable server for an answer too", async () => {
    const get = (url: string): Promise<HttpAnswer> =>
      new Promise((done) => fetchHttp({ method: "GET", url }, done));
    const url = location.origin;
    const found = await get(`${url}/packages/sdk/package.json`);
    expect(found.status).to.equal(200);
    expect(found.body).to.include({ name: "@confab/sdk" });
    const text = await get(`${url}/LICENSE`);
    expect(text).to.deep.equal({ status: 200, body: undefined });
    const lost = await get(NOBODY);
    expect(lost.status).to.equal(0);
  });

  it("[V2] hears that the network comes and goes and that the page is shown again", () => {
    const heard: string[] = [];
    const stops = [
      SYSTEM_NETWORK.onChange(() => heard.push("change")),
      SYSTEM_NETWORK.onWake(() => heard.push("wake")),
    ];
    expect(SYSTEM_NETWORK.isOnline()).to.equal(true);
    dispatchEvent(new Event("offline"));
    dispatchEvent(new Event("online"));
    dispatchEvent(new Event("pageshow"));
    document.dispatchEvent(new Event("visibilitychange"));
    expect(heard).to.deep.equal(["change", "change", "wake", "wake"]);
    for (const stop of stops) stop();
    dispatchEvent(new Event("online"));
    expect(heard.length).to.equal(4);
  });
});
