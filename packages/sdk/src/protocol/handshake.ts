import * as z from "zod";
import {
  chainSchema,
  clientIdSchema,
  countSchema,
  cursorSchema,
  epochSchema,
  roomIdSchema,
  timeSchema,
} from "./ids.js";
import { capabilitySchema } from "./capabilities.js";
import { meSchema, messageRowSchema, roomInfoSchema } from "./model.js";
import { memberReceiptSchema, readPositionSchema } from "./reading.js";

/** Number of a subscription, growing with each one: frames of an older one are dropped. [L6] */
export const refSchema = z.int().min(1);

/** A connect token. */
const tokenSchema = z.string().min(1).max(4_096);

/** Where a subscription starts: at a cursor, or without one to get a snapshot. */
const subscriptionSchema = z.object({ ref: refSchema, cur: cursorSchema.optional() });

/** Rooms to follow, by id. */
export const roomsSchema = z.record(roomIdSchema, subscriptionSchema);

/** First frame of a client. [H1] */
export const helloSchema = z.object({
  t: z.literal("hello"),
  v: z.int().min(1),
  token: tokenSchema,
  client: clientIdSchema,
  sdk: z.string().max(64),
  caps: z.array(z.string().max(32)).max(32),
  rooms: roomsSchema,
});

/** Follow a room. [L4] */
export const subSchema = subscriptionSchema.extend({ t: z.literal("sub"), room: roomIdSchema });

/** Stop following a room. */
export const unsubSchema = z.object({ t: z.literal("unsub"), room: roomIdSchema });

/** The bounds a client takes from the server instead of its own constants. [H3] */
export const statedLimitsSchema = z.object({
  bodyMaxCodePoints: countSchema,
  bodyMaxBytes: countSchema,
  messageMaxBytes: countSchema,
  windowMaxOps: countSchema,
  roomsMaxCount: countSchema,
  mentionsMaxCount: countSchema,
  editWindowMs: countSchema,
});

/** The connection is live. */
export const welcomeSchema = z.object({
  t: z.literal("welcome"),
  v: z.int().min(1),
  session: z.string().min(1),
  me: meSchema,
  now: timeSchema,
  caps: z.array(z.string()),
  limits: statedLimitsSchema,
  heartbeatMs: countSchema,
  tokenExp: timeSchema,
});

/** The cursor was accepted: the events after it follow. [L4] */
export const replaySchema = z.object({
  t: z.literal("replay"),
  room: roomIdSchema,
  ref: refSchema,
  from: countSchema,
});

/**
 * Why a room is sent as a snapshot: no cursor yet, another life of the log, a cursor ahead of it,
 * another past, too far behind.
 */
export const resetReasonSchema = z.enum(["new", "epoch", "ahead", "chain", "truncated", "far"]);

/** Replace what you hold of this room by this snapshot. [L4] [L8] */
export const resetSchema = z.object({
  t: z.literal("reset"),
  room: roomIdSchema,
  ref: refSchema.optional(),
  epoch: epochSchema,
  head: countSchema,
  count: countSchema,
  chain: chainSchema,
  why: resetReasonSchema,
  room_info: roomInfoSchema,
  messages: z.array(messageRowSchema),
  hasMore: z.boolean(),
});

/**
 * Caught up: live events follow. `read` is my own read position, if I have one, and `unread` and
 * `mentions` what it leaves; `receipts` are those of the others, where told. [L4] [L9] [R2]
 */
export const syncedSchema = z.object({
  t: z.literal("synced"),
  room: roomIdSchema,
  ref: refSchema,
  head: countSchema,
  count: countSchema,
  chain: chainSchema,
  room_info: roomInfoSchema,
  capabilities: z.array(capabilitySchema),
  read: readPositionSchema.optional(),
  unread: countSchema,
  mentions: countSchema,
  receipts: z.array(memberReceiptSchema),
});

/** A token that proves the same person, on a live connection. [V4] */
export const authSchema = z.object({ t: z.literal("auth"), token: tokenSchema });

/** The token runs out at `exp`, Unix milliseconds of the server: send `auth`. [V4] */
export const authReqSchema = z.object({ t: z.literal("authreq"), exp: timeSchema });

export type HelloFrame = z.infer<typeof helloSchema>;
export type SubFrame = z.infer<typeof subSchema>;
export type UnsubFrame = z.infer<typeof unsubSchema>;
export type StatedLimits = z.infer<typeof statedLimitsSchema>;
export type WelcomeFrame = z.infer<typeof welcomeSchema>;
export type ReplayFrame = z.infer<typeof replaySchema>;
export type ResetReason = z.infer<typeof resetReasonSchema>;
export type ResetFrame = z.infer<typeof resetSchema>;
export type SyncedFrame = z.infer<typeof syncedSchema>;
export type AuthFrame = z.infer<typeof authSchema>;
export type AuthReqFrame = z.infer<typeof authReqSchema>;
