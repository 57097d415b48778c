import type { DownFrame } from "./frames.js";

type FieldCheck = "string" | "number" | "array" | "object" | "boolean";

/** The fields the client core reads of each frame it acts on. Unknown types pass by unread. [W3] */
const DOWN_FIELDS: Record<string, Record<string, FieldCheck>> = {
  welcome: {
    session: "string",
    me: "object",
    limits: "object",
    heartbeatMs: "number",
    tokenExp: "number",
    now: "number",
  },
  replay: { room: "string", ref: "number", from: "number" },
  reset: {
    room: "string",
    epoch: "string",
    head: "number",
    count: "number",
    chain: "string",
    messages: "array",
    room_info: "object",
  },
  ev: { room: "string", seq: "number", id: "string", by: "string", at: "number", k: "string" },
  synced: {
    room: "string",
    ref: "number",
    head: "number",
    chain: "string",
    capabilities: "array",
    room_info: "object",
  },
  ack: { room: "string", id: "string", seq: "number", at: "number" },
  nack: { room: "string", id: "string", code: "string" },
  ping: { heads: "object" },
  pong: {},
  bye: { code: "number", after: "array" },
  error: { code: "string" },
};

/**
 * The frames of one WebSocket message that this client knows and that have the fields it reads.
 * Returns nothing for a message that is not an array of frames, since the server is then not speaking our protocol. [W2] [W3]
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

function isDownFrame(value: unknown): value is DownFrame {
  if (!isRecord(value) || typeof value["t"] !== "string") return false;
  const fields = Object.hasOwn(DOWN_FIELDS, value["t"]) ? DOWN_FIELDS[value["t"]] : undefined;
  if (fields === undefined) return false;
  return Object.entries(fields).every(([name, check]) => hasShape(value[name], check));
}

function hasShape(value: unknown, check: FieldCheck): boolean {
  if (check === "array") return Array.isArray(value);
  if (check === "object") return isRecord(value);
  return typeof value === check;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
