import type { DownFrame } from "./frames.js";
import type { GuestAnswer } from "./guest.js";
import type { HistoryPage } from "./history.js";
import { hasShape, type Shape } from "./shape.js";

const TEXT = "string";
const WHOLE = "whole";
const AUTHOR = { name: TEXT, kind: TEXT } as const;
const ME = { ...AUTHOR, id: TEXT } as const;
const ROOM_INFO = { id: TEXT, kind: TEXT, name: TEXT } as const;
const ROW = {
  id: TEXT,
  seq: WHOLE,
  rev: WHOLE,
  by: TEXT,
  at: WHOLE,
  author: AUTHOR,
  body: TEXT,
  format: TEXT,
} as const;

/** The fields the client core reads of each frame it acts on. Unknown types pass by unread. [W3] */
const DOWN_FIELDS: Record<string, Shape> = {
  welcome: {
    me: ME,
    limits: {
      bodyMaxCodePoints: WHOLE,
      bodyMaxBytes: WHOLE,
      messageMaxBytes: WHOLE,
      windowMaxOps: WHOLE,
    },
    heartbeatMs: WHOLE,
    tokenExp: WHOLE,
    now: WHOLE,
  },
  replay: { room: TEXT, ref: WHOLE },
  reset: {
    room: TEXT,
    epoch: TEXT,
    head: WHOLE,
    chain: TEXT,
    why: TEXT,
    messages: [ROW],
    hasMore: "boolean",
    room_info: ROOM_INFO,
  },
  ev: {
    room: TEXT,
    seq: WHOLE,
    id: TEXT,
    by: TEXT,
    at: WHOLE,
    k: TEXT,
  },
  synced: {
    room: TEXT,
    ref: WHOLE,
    head: WHOLE,
    chain: TEXT,
    capabilities: [TEXT],
    room_info: ROOM_INFO,
  },
  ack: { room: TEXT, id: TEXT, seq: WHOLE, at: WHOLE },
  nack: { room: TEXT, id: TEXT, code: TEXT },
  ping: { heads: {} },
  pong: {},
  bye: { code: WHOLE, after: [WHOLE] },
  error: { code: TEXT },
};

/** What a message has beyond what every event has. */
const MESSAGE_FIELDS: Shape = { count: WHOLE, author: AUTHOR, body: TEXT, format: TEXT };

const PAGE: Shape = { messages: [ROW], epoch: TEXT, asOf: WHOLE, hasMore: "boolean" };

const GUEST_ANSWER: Shape = { token: TEXT, expiresAt: WHOLE, user: ME };

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
  if (!hasShape(value, { t: TEXT })) return false;
  const { t: type, k: kind } = value as { t: string; k?: unknown };
  const fields = Object.hasOwn(DOWN_FIELDS, type) ? DOWN_FIELDS[type] : undefined;
  if (!fields || !hasShape(value, fields)) return false;
  return type !== "ev" || kind !== "msg" || hasShape(value, MESSAGE_FIELDS);
}
