import { opIdSchema, type MessageRow, type ThreadPage, type Versions } from "@confab/sdk/protocol";
import { Hono, type Context } from "hono";
import type { Principal } from "../../auth/principal.js";
import type { RoomView } from "../../auth/room-view.js";
import { answered } from "../answered.js";
import { authenticate } from "../authenticate.js";
import { findView } from "../find-view.js";
import type { HttpEnv } from "../http-env.js";
import { HttpError } from "../http-error.js";
import { readPageQuery } from "../read-page-query.js";
import type { HistoryParts } from "./history.js";

/** What a request for one message asks for, by whom. */
interface AskedMessage {
  readonly principal: Principal;
  readonly view: RoomView;
  readonly id: string;
}

/**
 * `GET /rooms/:room/messages/:id` and its `/versions`, and `/rooms/:room/threads/:root/messages`:
 * one message, what it said before, and what was said below it. [O1] [L10]
 */
export function singleMessageRoutes({ authenticator, rooms, sync }: HistoryParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();

  async function readAsked(
    context: Context<HttpEnv>,
    room: string,
    id: string,
  ): Promise<AskedMessage> {
    const principal = await authenticate(context, authenticator);
    const view = await findView(rooms, principal, room);
    if (!opIdSchema.safeParse(id).success) throw new HttpError("not_found");
    return { principal, view, id };
  }

  async function readMessage({ view, id }: AskedMessage): Promise<MessageRow> {
    return found(
      await answered<MessageRow | undefined>((done) => {
        sync.readMessage(view, id, done);
      }),
    );
  }

  routes.get("/rooms/:room/messages/:id", async (context) => {
    const { room, id } = context.req.param();
    return context.json(await readMessage(await readAsked(context, room, id)));
  });

  routes.get("/rooms/:room/messages/:id/versions", async (context) => {
    const { room, id } = context.req.param();
    const asked = await readAsked(context, room, id);
    const { by } = await readMessage(asked);
    const mayDeleteAny = asked.view.capabilities.includes("msg.delete.any");
    if (by !== asked.principal.id && !mayDeleteAny) throw new HttpError("forbidden");
    const versions = await answered<Versions["versions"]>((done) => {
      sync.readVersions(asked.view, id, done);
    });
    return context.json({ versions });
  });

  routes.get("/rooms/:room/threads/:root/messages", async (context) => {
    const { room, root } = context.req.param();
    const { view } = await readAsked(context, room, root);
    const query = readPageQuery(context);
    const page = await answered<ThreadPage | undefined>((done) => {
      sync.readThread(view, root, query, done);
    });
    return context.json(found(page));
  });

  return routes;
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new HttpError("not_found");
  return value;
}
