import { describe, expect, it } from "vitest";
import { sampleId } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";

function withHistory(): ScriptedChat {
  const scripted = new ScriptedChat();
  scripted.log.appendMany(120);
  scripted.goLive();
  return scripted;
}

describe("loadOlder", () => {
  it("[L10] asks for the page before the oldest message, with the token", async () => {
    const scripted = withHistory();
    const { room, platform, log } = scripted;
    expect(room.$state.get()).toMatchObject({ hasOlder: true, older: "idle" });
    const loaded = room.loadOlder();
    expect(room.$state.get().older).toBe("loading");
    expect(platform.requests.last.request).toEqual({
      method: "GET",
      url: "https://chat.example/v1/rooms/lobby/messages?before=71",
      token: "token-1",
    });
    platform.requests.last.answer({ status: 200, body: log.page(71) });
    await loaded;
    expect(scripted.shown).toHaveLength(100);
    expect(scripted.shown[0]).toBe("message 21");
    expect(room.$state.get()).toMatchObject({ hasOlder: true, older: "idle" });
  });

  it("[L10] does not ask when nothing is older or nothing is known", async () => {
    const scripted = new ScriptedChat();
    await scripted.room.loadOlder();
    scripted.log.appendMany(3);
    scripted.goLive();
    await scripted.room.loadOlder();
    expect(scripted.platform.requests.requests).toEqual([]);
  });

  it("a second call joins the first", async () => {
    const { room, platform, log } = withHistory();
    const both = Promise.all([room.loadOlder(), room.loadOlder()]);
    expect(platform.requests.requests).toHaveLength(1);
    platform.requests.last.answer({ status: 200, body: log.page(71) });
    await both;
    const next = room.loadOlder();
    expect(platform.requests.last.request.url).toMatch(/before=21$/);
    platform.requests.last.answer({ status: 200, body: log.page(21) });
    await next;
    expect(room.$state.get().hasOlder).toBe(false);
  });

  it("[L10] asks again for a page that is older than what it can be mended with", async () => {
    const scripted = withHistory();
    const { room, platform, log, socket } = scripted;
    const loaded = room.loadOlder();
    const stale = log.page(71);
    for (const event of log.appendMany(130)) socket.deliver(event);
    platform.requests.last.answer({ status: 200, body: stale });
    expect(platform.requests.requests).toHaveLength(2);
    platform.requests.last.answer({ status: 200, body: log.page(71) });
    await loaded;
    expect(scripted.shown).toHaveLength(230);
  });

  it("[L10] waits with a page that is ahead of the room; another line asks anew", async () => {
    const scripted = withHistory();
    const { room, platform, log, socket } = scripted;
    const loaded = room.loadOlder();
    const missed = log.change({ k: "edit", target: sampleId(40), body: "better" });
    platform.requests.last.answer({ status: 200, body: log.page(71) });
    expect(scripted.shown).not.toContain("better");
    socket.deliver(missed);
    await loaded;
    expect(scripted.shown).toContain("better");
    const next = room.loadOlder();
    platform.requests.last.answer({ status: 200, body: { ...log.page(21), asOf: 122 } });
    expect(platform.requests.requests).toHaveLength(2);
    socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    expect(platform.requests.requests).toHaveLength(3);
    platform.requests.last.answer({ status: 200, body: log.page(21) });
    await next;
    expect(scripted.shown).toHaveLength(120);
  });

  it("[L10] asks again from the new window when a reset came between", async () => {
    const scripted = withHistory();
    const { room, platform, log, socket } = scripted;
    const loaded = room.loadOlder();
    log.appendMany(10);
    socket.deliver(log.reset(undefined));
    platform.requests.last.answer({ status: 200, body: log.page(71) });
    expect(platform.requests.last.request.url).toMatch(/before=81$/);
    platform.requests.last.answer({ status: 200, body: log.page(81) });
    await loaded;
    expect(scripted.shown[0]).toBe("message 31");
    expect(scripted.shown).toHaveLength(100);
  });

  it("gives up after three pages that were out of date", async () => {
    const { room, platform, log } = withHistory();
    const loaded = room.loadOlder();
    const other = { ...log.page(71), epoch: "00000000000000bb" };
    for (let asked = 0; asked < 3; asked += 1) {
      platform.requests.last.answer({ status: 200, body: other });
    }
    await expect(loaded).rejects.toMatchObject({ retry: "later" });
    expect(platform.requests.requests).toHaveLength(3);
    expect(room.$state.get().older).toBe("failed");
  });

  it.each([
    [{ status: 0, cause: new Error("no route") }, "network"],
    [{ status: 404, body: { error: { code: "not_found", message: "" } } }, "not_found"],
    [
      { status: 429, body: { error: { code: "rate_limited", retryAfterMs: 1_500 } } },
      "rate_limited",
    ],
    [{ status: 503 }, "unavailable"],
    [{ status: 502, body: "<html>" }, "internal"],
    [{ status: 200, body: { messages: [{}] } }, "internal"],
  ])("fails with a typed error for %o, and may be asked again", async (answer, code) => {
    const { room, platform, log } = withHistory();
    const loaded = room.loadOlder();
    platform.requests.last.answer(answer);
    await expect(loaded).rejects.toMatchObject({ name: "ChatError", code });
    expect(room.$state.get()).toMatchObject({ older: "failed", hasOlder: true });
    const again = room.loadOlder();
    platform.requests.last.answer({ status: 200, body: log.page(71) });
    await again;
    expect(room.$state.get().older).toBe("idle");
  });

  it("tells when trying again makes sense", async () => {
    const { room, platform } = withHistory();
    const loaded = room.loadOlder();
    const error = { code: "rate_limited", message: "", retryAfterMs: 1_500 };
    platform.requests.last.answer({ status: 429, body: { error } });
    await expect(loaded).rejects.toMatchObject({ retryAfterMs: 1_500, retry: "later" });
  });

  it("[L10] leaves no hole when the window was replaced while it asked", async () => {
    const scripted = withHistory();
    const { room, platform, log, socket } = scripted;
    const loaded = room.loadOlder();
    const older = platform.requests.last;
    const page = log.page(71);
    log.appendMany(200);
    socket.deliver({ ...log.reset(undefined), why: "far" });
    older.answer({ status: 200, body: page });
    expect(platform.requests.last.request.url).toMatch(/before=271$/);
    platform.requests.last.answer({ status: 200, body: log.page(271) });
    await loaded;
    expect(scripted.shown).toEqual(log.rows(220, 320).map(({ body }) => body));
  });

  it("[V4] replaces a token that is refused over HTTP", async () => {
    const reasons: string[] = [];
    const scripted = new ScriptedChat({ token: (reason) => `token-${reasons.push(reason)}` });
    scripted.log.appendMany(60);
    scripted.goLive();
    const loaded = scripted.room.loadOlder();
    const { requests } = scripted.platform;
    requests.last.answer({ status: 401, body: { error: { code: "token_expired" } } });
    expect(requests.last.request.token).toBe("token-2");
    requests.last.answer({ status: 200, body: scripted.log.page(11) });
    await loaded;
    expect(reasons).toEqual(["initial", "refused"]);
  });

  it("[V4] fails when a fresh token is refused as well, and asks for no third", async () => {
    const reasons: string[] = [];
    const scripted = new ScriptedChat({ token: (reason) => `token-${reasons.push(reason)}` });
    scripted.log.appendMany(80);
    scripted.goLive();
    const loaded = scripted.room.loadOlder();
    const { requests } = scripted.platform;
    for (let count = 0; count < 2; count += 1) {
      requests.last.answer({ status: 401, body: { error: { code: "token_expired" } } });
    }
    await expect(loaded).rejects.toMatchObject({ code: "token_expired" });
    expect(reasons).toEqual(["initial", "refused"]);
  });

  it("rejects what is under way when the chat is closed", async () => {
    const { room, platform, chat, log } = withHistory();
    const loaded = room.loadOlder();
    chat.close();
    await expect(loaded).rejects.toMatchObject({ code: "closed" });
    platform.requests.last.answer({ status: 200, body: log.page(71) });
    expect(room.$state.get().older).toBe("failed");
  });
});
