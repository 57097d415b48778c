import type { DownFrame } from "./frames.js";
import type { GuestAnswer } from "./guest.js";
import type { HistoryPage } from "./history.js";
import { hasShape, type Shape } from "./shape.js";

const AUTHOR = { name: "string", kind: "string" } as const;
const ME = { ...AUTHOR, id: "string" } as const;
const ROOM_INFO = { id: "string", kind: "string", name: "string" } as const;
const ROW = {
  id: "string",
  seq: "integer",
  rev: "integer",
  by: "string",
  at: "integer",
  author: AUTHOR,
  body: "string",
  format: "string",
} as const;

/** The fields the client core reads of each frame it acts on. Unknown types pass by unread. [W3] */
const DOWN_FIELDS: Record<string, Shape> = {
  welcome: {
    session: "string",
    me: ME,
    limits: {
      bodyMaxCodePoints: "integer",
      bodyMaxBytes: "integer",
      messageMaxBytes: "integer",
      windowMaxOps: "integer",
      roomsMaxCount: "integer",
    },
    heartbeatMs: "integer",
    tokenExp: "integer",
    now: "integer",
  },
  replay: { room: "string", ref: "integer", from: "integer" },
  reset: {
    room: "string",
    epoch: "string",
    head: "integer",
    count: "integer",
    chain: "string",
    why: "string",
    messages: [ROW],
    hasMore: "boolean",
    room_info: ROOM_INFO,
  },
  ev: {
    room: "string",
    seq: "integer",
    id: "string",
    by: "string",
    at: "integer",
    k: "string",
  },
  synced: {
    room: "string",
    ref: "integer",
    head: "integer",
    chain: "string",
    capabilities: ["string"],
    room_info: ROOM_INFO,
  },
  ack: { room: "string", id: "string", seq: "integer", at: "integer" },
  nack: { room: "string", id: "string", code: "string" },
  ping: { heads: "object" },
  pong: {},
  bye: { code: "integer", after: ["integer"] },
  error: { code: "string" },
};

const MESSAGE_EVENT: Shape = {
  count: "integer",
  author: AUTHOR,
  body: "string",
  format: "string",
};

const TAGGED: Shape = { t: "string" };

const PAGE: Shape = { messages: [ROW], epoch: "string", asOf: "integer", hasMore: "boolean" };

const GUEST_ANSWER: Shape = { token: "string", expiresAt: "integer", user: ME };

/**
 * The frames of one WebSocket message that this client knows and that have the fields it reads.
 * Returns nothing for a message that is not an array of frames, since the server is then not
 * speaking our protocol. [W2] [W3]
 */
export function readDownFrames(message: string): readonly DownFrame[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    return undefined;
  }
  return Array.isArray(parsed) ? parsed.filter(isDownFrame) : undefined;
}

/** The same for the body of a history page. [L10] */
export function readHistoryPage(body: unknown): HistoryPage | undefined {
  return hasShape(body, PAGE) ? (body as HistoryPage) : undefined;
}

/** The same for the answer to a guest. */
export function readGuestAnswer(body: unknown): GuestAnswer | undefined {
  return hasShape(body, GUEST_ANSWER) ? (body as GuestAnswer) : undefined;
}

function isDownFrame(value: unknown): value is DownFrame {
  if (!hasShape(value, TAGGED)) return false;
  const { t: type, k: kind } = value as { t: string; k?: unknown };
  const fields = Object.hasOwn(DOWN_FIELDS, type) ? DOWN_FIELDS[type] : undefined;
  if (fields === undefined || !hasShape(value, fields)) return false;
  return type !== "ev" || kind !== "msg" || hasShape(value, MESSAGE_EVENT);
}
