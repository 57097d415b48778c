import type { DownFrame } from "./frames.js";
import type { GuestAnswer } from "./guest.js";
import type { HistoryPage, ThreadPage } from "./history.js";
import type { MessageRow } from "./model.js";
import { hasShape, type Shape } from "./shape.js";

const TEXT = "string";
const WHOLE = "whole";
const FLAG = "boolean";
const TEXTS = [TEXT] as const;
const AUTHOR = { name: TEXT, kind: TEXT, "avatar?": TEXT } as const;
const ME = { ...AUTHOR, id: TEXT } as const;
const ROOM_INFO = { id: TEXT, kind: TEXT, name: TEXT } as const;
/** What a message has when it is sent, in an event and in a row. */
const SAID = {
  count: WHOLE,
  author: AUTHOR,
  body: TEXT,
  format: TEXT,
  "replyTo?": TEXT,
  "thread?": TEXT,
  "inRoom?": FLAG,
  "mentions?": TEXTS,
  "meta?": {},
} as const;
const ROW = {
  ...SAID,
  id: TEXT,
  seq: WHOLE,
  rev: WHOLE,
  by: TEXT,
  at: WHOLE,
  "replies?": { count: WHOLE, lastSeq: WHOLE },
  "reactions?": [{ emoji: TEXT, count: WHOLE, users: TEXTS }],
  "editedAt?": WHOLE,
  "deletedAt?": WHOLE,
  "pinned?": FLAG,
} as const;
const POSITION = { seq: WHOLE, count: WHOLE } as const;
const RECEIPT = { ...POSITION, user: TEXT } as const;

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
    hasMore: FLAG,
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
    capabilities: TEXTS,
    room_info: ROOM_INFO,
    "read?": POSITION,
    "mentions?": WHOLE,
    "receipts?": [RECEIPT],
  },
  ack: { room: TEXT, id: TEXT, seq: WHOLE, at: WHOLE },
  nack: { room: TEXT, id: TEXT, code: TEXT },
  room: {
    room: TEXT,
    room_info: ROOM_INFO,
    head: WHOLE,
    count: WHOLE,
    readSeq: WHOLE,
    readCount: WHOLE,
    mentions: WHOLE,
    "last?": { id: TEXT, seq: WHOLE, by: TEXT, at: WHOLE, author: AUTHOR, body: TEXT },
  },
  receipt: { ...RECEIPT, room: TEXT },
  typing: { room: TEXT, user: TEXT, author: AUTHOR, ttl: WHOLE },
  presence: {
    room: TEXT,
    "full?": FLAG,
    "changes?": [{ user: TEXT, state: TEXT, "author?": AUTHOR }],
    "count?": WHOLE,
  },
  authreq: { exp: WHOLE },
  ping: { heads: {} },
  pong: {},
  bye: { code: WHOLE, after: [WHOLE] },
  error: { code: TEXT },
};

const TARGET = { target: TEXT } as const;
const REACTION = { ...TARGET, emoji: TEXT, total: WHOLE } as const;

/** What the events of each kind have beyond what every event has. */
const EVENT_FIELDS: Record<string, Shape> = {
  msg: { ...SAID, "redacted?": FLAG },
  edit: { ...TARGET, body: TEXT, "mentions?": TEXTS, "redacted?": FLAG },
  del: { ...TARGET, "thread?": TEXT },
  react: REACTION,
  unreact: { ...REACTION, "next?": TEXT },
  pin: TARGET,
  unpin: TARGET,
};

const PAGE = { messages: [ROW], epoch: TEXT, asOf: WHOLE, hasMore: FLAG } as const;

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

/** The same for a page of a thread. [L10] */
export function readThreadPage(body: unknown): ThreadPage | undefined {
  return hasShape(body, { ...PAGE, root: ROW }) ? (body as ThreadPage) : undefined;
}

/** The same for one message. */
export function readMessageRow(body: unknown): MessageRow | undefined {
  return hasShape(body, ROW) ? (body as MessageRow) : undefined;
}

/** The same for the answer to a guest. */
export function readGuestAnswer(body: unknown): GuestAnswer | undefined {
  return hasShape(body, GUEST_ANSWER) ? (body as GuestAnswer) : undefined;
}

function isDownFrame(value: unknown): value is DownFrame {
  if (!hasShape(value, { t: TEXT })) return false;
  const { t: type, k: kind } = value as { t: string; k?: unknown };
  const fields = own(DOWN_FIELDS, type);
  if (!fields || !hasShape(value, fields)) return false;
  // An event of a kind this version does not know still moves the cursor. [W3]
  return type !== "ev" || hasShape(value, own(EVENT_FIELDS, String(kind)) ?? {});
}

function own(shapes: Record<string, Shape>, name: string): Shape | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}
