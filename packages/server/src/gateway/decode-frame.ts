import {
  anyOpSchema,
  authSchema,
  helloSchema,
  PROTOCOL_VERSION,
  readSchema,
  roomIdSchema,
  subSchema,
  unsubSchema,
  upTypingSchema,
  type AnyOp,
  type AuthFrame,
  type HelloFrame,
  type PongFrame,
  type ReadFrame,
  type SubFrame,
  type UnsubFrame,
  type UpPingFrame,
  type UpTypingFrame,
} from "@confab/sdk/protocol";

/**
 * A frame a client may send once its connection is live. An op may be of a kind this server does
 * not know.
 */
export type LiveFrame =
  SubFrame | UnsubFrame | AnyOp | ReadFrame | UpTypingFrame | AuthFrame | UpPingFrame | PongFrame;

/** What one element of a message turned out to be. */
export type DecodedFrame =
  | { readonly type: "hello"; readonly frame: HelloFrame }
  /** A `hello` of another version of the protocol, whatever its other fields. */
  | { readonly type: "foreign-hello"; readonly version: number }
  | { readonly type: "frame"; readonly frame: LiveFrame }
  /** A type this version does not know; to be ignored. [W3] */
  | { readonly type: "unknown" }
  /**
   * Not valid for its type. `room` and `ref` say which subscription was meant, if that can be told.
   * [W4]
   */
  | { readonly type: "bad"; readonly room?: string; readonly ref?: number };

/** Reads one element of a message as a frame. Never throws. */
export function decodeFrame(value: unknown): DecodedFrame {
  if (!isRecord(value) || typeof value["t"] !== "string") return { type: "bad" };
  const type = value["t"];
  if (type === "hello") return decodeHello(value);
  if (type === "ping" || type === "pong") return { type: "frame", frame: { t: type } };
  const parsed = parseLiveFrame(type, value);
  if (parsed === undefined) return { type: "unknown" };
  return parsed.success ? { type: "frame", frame: parsed.data } : badFrame(value);
}

function parseLiveFrame(type: string, value: unknown) {
  switch (type) {
    case "op":
      return anyOpSchema.safeParse(value);
    case "read":
      return readSchema.safeParse(value);
    case "typing":
      return upTypingSchema.safeParse(value);
    case "sub":
      return subSchema.safeParse(value);
    case "unsub":
      return unsubSchema.safeParse(value);
    case "auth":
      return authSchema.safeParse(value);
    default:
      return undefined;
  }
}

function decodeHello(value: Record<string, unknown>): DecodedFrame {
  const version = value["v"];
  if (isCount(version) && version !== PROTOCOL_VERSION) return { type: "foreign-hello", version };
  const parsed = helloSchema.safeParse(value);
  return parsed.success ? { type: "hello", frame: parsed.data } : { type: "bad" };
}

/**
 * Names the subscription only by values that are valid themselves: no other input is ever sent
 * back. [W4]
 */
function badFrame(value: Record<string, unknown>): DecodedFrame {
  const room = roomIdSchema.safeParse(value["room"]);
  const ref = value["ref"];
  return {
    type: "bad",
    ...(room.success ? { room: room.data } : {}),
    ...(isCount(ref) && ref > 0 ? { ref } : {}),
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
