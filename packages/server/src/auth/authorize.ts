import type { Capability, RoomInfo, UserKind } from "@confab/sdk/protocol";
import type { Principal } from "./principal.js";
import type { RoomView } from "./room-view.js";

/** Server-wide settings that permission depends on. */
export interface AccessRules {
  readonly guests: "on" | "off";
}

/** What people with an account may do who take part in a room. */
const TAKE_PART: readonly Capability[] = [
  "msg.read",
  "msg.send",
  "msg.react",
  "msg.pin",
  "msg.edit.own",
  "msg.delete.own",
];

/**
 * What each kind of identity may do in each kind of room. An empty list means the room does not
 * exist for them.
 */
const CAPABILITIES: Record<RoomInfo["kind"], Record<UserKind, readonly Capability[]>> = {
  public: {
    user: TAKE_PART,
    guest: TAKE_PART.filter((it) => it !== "msg.pin"),
    bot: TAKE_PART,
    system: ["msg.read"],
  },
  private: { user: [], guest: [], bot: [], system: [] },
  direct: { user: [], guest: [], bot: [], system: [] },
};

/**
 * What this person may do in this room, or nothing when the room must look as if it did not exist.
 * Pure, and the only place where a `RoomView` is made.
 */
export function authorize(
  principal: Principal,
  room: RoomInfo,
  rules: AccessRules,
): RoomView | undefined {
  if (principal.kind === "guest" && rules.guests === "off") return undefined;
  const capabilities = CAPABILITIES[room.kind][principal.kind];
  if (!capabilities.includes("msg.read")) return undefined;
  return { room, capabilities, historyFrom: 1 } as unknown as RoomView;
}
