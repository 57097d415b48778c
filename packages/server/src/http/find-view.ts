import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import type { RoomAccess } from "../rooms/room-access.js";
import { answered } from "./answered.js";
import { HttpError } from "./http-error.js";

/**
 * What this person sees of a room. @throws HttpError `not_found`, whether it is missing or not for
 * them.
 */
export async function findView(
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
