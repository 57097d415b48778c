import { historyQuerySchema, type HistoryPage } from "@confab/sdk/protocol";
import { Hono } from "hono";
import type { Authenticator } from "../../auth/authenticator.js";
import type { Principal } from "../../auth/principal.js";
import type { RoomView } from "../../auth/room-view.js";
import type { Done } from "../../platform/result.js";
import type { RoomAccess } from "../../rooms/room-access.js";
import type { RoomSync } from "../../sync/room-sync.js";
import { authenticate } from "../authenticate.js";
import type { HttpEnv } from "../http-env.js";
import { HttpError } from "../http-error.js";

/** What reading history needs. */
export interface HistoryParts {
  readonly authenticator: Authenticator;
  readonly rooms: RoomAccess;
  readonly sync: RoomSync;
}

/** `GET /rooms/:room/messages`: a page of message rows. [L10] */
export function historyRoutes({ authenticator, rooms, sync }: HistoryParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes.get("/rooms/:room/messages", async (context) => {
    const principal = await authenticate(context, authenticator);
    const query = historyQuerySchema.safeParse(context.req.query());
    const view = await findRoom(rooms, principal, context.req.param("room"));
    if (!query.success) {
      const [field] = query.error.issues[0]?.path ?? [];
      throw new HttpError("invalid", typeof field === "string" ? { field } : {});
    }
    const page = await answered<HistoryPage>((done) => {
      sync.readPage(view, query.data, done);
    });
    return context.json(page);
  });
  return routes;
}

async function findRoom(
  rooms: RoomAccess,
  principal: Principal,
  roomId: string,
): Promise<RoomView> {
  const view = await answered<RoomView | undefined>((done) => {
    rooms.view(principal, roomId, done);
  });
  if (view === undefined) throw new HttpError("not_found");
  return view;
}

function answered<Value>(ask: (done: Done<Value>) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    ask((result) => {
      if (result.ok) resolve(result.value);
      else reject(new HttpError("unavailable"));
    });
  });
}
