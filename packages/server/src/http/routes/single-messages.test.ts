import {
  historyPageSchema,
  messageRowSchema,
  threadPageSchema,
  versionsSchema,
} from "@confab/sdk/protocol";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { Authenticator } from "../../auth/authenticator.js";
import { SILENT_LOG } from "../../telemetry/log.js";
import { testOpId } from "../../testing/op-ids.js";
import { message, TestGateway } from "../../testing/test-gateway.js";
import { createErrorHandler } from "../error-handler.js";
import type { HttpEnv } from "../http-env.js";
import { historyRoutes } from "./history.js";
import { singleMessageRoutes } from "./single-messages.js";

/** Whoever has a token is the user of that name. */
const authenticator: Authenticator = {
  authenticate(token, done) {
    done({ ok: true, principal: { id: token, name: token, kind: "user" }, expiresAt: 1e15 });
  },
};

function createRooms() {
  const gateway = new TestGateway();
  const { rooms, sync } = gateway.core;
  const routes = new Hono<HttpEnv>();
  routes.onError(createErrorHandler(SILENT_LOG));
  routes.route("/", historyRoutes({ authenticator, rooms, sync }));
  routes.route("/", singleMessageRoutes({ authenticator, rooms, sync }));
  const ann = gateway.connect("ann");
  const run = (op: object) => {
    const id = testOpId();
    ann.send({ ...message(id, "hello"), ...op });
    return id;
  };
  const ask = (path: string, user = "ann") =>
    routes.request(path, { headers: { authorization: `Bearer ${user}` } });
  const read = async (path: string, user?: string) => (await ask(path, user)).json();
  const failure = async (path: string, user?: string) => {
    const response = await ask(path, user);
    const { error } = (await response.json()) as { error: { code: string; field?: string } };
    return [response.status, error.code, ...(error.field === undefined ? [] : [error.field])];
  };
  return { run, read, failure, routes };
}

describe("GET /v1/rooms/:room/messages/:id", () => {
  it("[O1] gives the message with that id in that room", async () => {
    const { run, read, failure } = createRooms();
    const id = run({ body: "here" });
    run({ room: "room-1" });
    const row = messageRowSchema.parse(await read(`/rooms/lobby/messages/${id}`));
    expect(row).toMatchObject({ id, body: "here" });
    expect(await failure(`/rooms/room-1/messages/${id}`)).toEqual([404, "not_found"]);
  });

  it.each(["", "/versions"])("answers what is not there alike, at .../:id%s", async (rest) => {
    const { run, failure } = createRooms();
    const id = run({});
    for (const path of [`lobby/messages/${testOpId()}`, "lobby/messages/x", `no/messages/${id}`]) {
      expect(await failure(`/rooms/${path}${rest}`)).toEqual([404, "not_found"]);
    }
  });

  it("asks who it is", async () => {
    const { run, routes } = createRooms();
    const id = run({});
    const paths = [`messages/${id}`, `messages/${id}/versions`, `threads/${id}/messages`, "pins"];
    for (const path of paths)
      expect((await routes.request(`/rooms/lobby/${path}`)).status).toBe(401);
  });
});

describe("GET /v1/rooms/:room/messages/:id/versions", () => {
  it("[O10] tells its author alone what a message said before", async () => {
    const { run, read, failure } = createRooms();
    const target = run({ body: "one" });
    run({ k: "edit", target, body: "two" });
    const path = `/rooms/lobby/messages/${target}/versions`;
    const { versions } = versionsSchema.parse(await read(path));
    expect(versions.map(({ body }) => body)).toEqual(["one"]);
    expect(await failure(path, "bob")).toEqual([403, "forbidden"]);
    run({ k: "del", target });
    expect(await read(path)).toEqual({ versions: [] });
  });
});

describe("GET /v1/rooms/:room/threads/:root/messages", () => {
  it("[L10] gives the replies of a thread with its root", async () => {
    const { run, read, failure } = createRooms();
    const root = run({});
    const replies = [run({ thread: root }), run({ thread: root, inRoom: true })];
    const path = `/rooms/lobby/threads/${root}/messages`;
    const page = threadPageSchema.parse(await read(`${path}?limit=1`));
    expect(page).toMatchObject({ asOf: 3, hasMore: true, root: { replies: { count: 2 } } });
    expect(page.messages.map(({ id }) => id)).toEqual(replies.slice(1));
    expect(await failure(`${path}?limit=0`)).toEqual([400, "invalid", "limit"]);
    expect(await failure(`/rooms/lobby/threads/${replies[0] ?? ""}/messages`)).toEqual([
      404,
      "not_found",
    ]);
  });
});

describe("GET /v1/rooms/:room/pins", () => {
  it("[L10] gives the pinned messages", async () => {
    const { run, read, failure } = createRooms();
    const target = run({});
    run({});
    run({ k: "pin", target });
    const page = historyPageSchema.parse(await read("/rooms/lobby/pins"));
    expect(page).toMatchObject({ asOf: 3, messages: [{ id: target, pinned: true }] });
    expect(await failure("/rooms/nowhere/pins")).toEqual([404, "not_found"]);
  });
});
