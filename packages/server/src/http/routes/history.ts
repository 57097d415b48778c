import type { HistoryPage } from "@confab/sdk/protocol";
import { Hono } from "hono";
import type { Authenticator } from "../../auth/authenticator.js";
import type { RoomAccess } from "../../rooms/room-access.js";
import type { RoomSync } from "../../sync/room-sync.js";
import { answered } from "../answered.js";
import { authenticate } from "../authenticate.js";
import { findView } from "../find-view.js";
import type { HttpEnv } from "../http-env.js";
import { readPageQuery } from "../read-page-query.js";

/** What reading messages needs. */
export interface HistoryParts {
  readonly authenticator: Authenticator;
  readonly rooms: RoomAccess;
  readonly sync: RoomSync;
}

/**
 * `GET /rooms/:room/messages` and `/pins`: the messages shown in a room, and those pinned there, as
 * rows. [L10]
 */
export function historyRoutes({ authenticator, rooms, sync }: HistoryParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.get("/rooms/:room/messages", async (context) => {
    const principal = await authenticate(context, authenticator);
    const view = await findView(rooms, principal, context.req.param("room"));
    const query = readPageQuery(context);
    const page = await answered<HistoryPage>((done) => {
      sync.readPage(view, query, done);
    });
    return context.json(page);
  });
  routes.get("/rooms/:room/pins", async (context) => {
    const principal = await authenticate(context, authenticator);
    const view = await findView(rooms, principal, context.req.param("room"));
    const page = await answered<HistoryPage>((done) => {
      sync.readPins(view, done);
    });
    return context.json(page);
  });
  return routes;
}
