import * as z from "zod";
import {
  countSchema,
  opIdSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  userIdSchema,
} from "./ids.js";
import { authorSchema, roomInfoSchema } from "./model.js";

/** I have read up to here. The larger of two always wins. [R1] */
export const readSchema = z.object({ t: z.literal("read"), room: roomIdSchema, seq: seqSchema });

/** How far somebody has read: the place in the log, and the messages up to there. [R2] */
export const readPositionSchema = z.object({ seq: countSchema, count: countSchema });

/** The read position of one person, as others see it. [R3] */
export const memberReceiptSchema = readPositionSchema.extend({ user: userIdSchema });

/** Somebody has read further. [R3] */
export const receiptSchema = memberReceiptSchema.extend({
  t: z.literal("receipt"),
  room: roomIdSchema,
});

/** The newest message of a room, as far as a room list shows it: the first 200 code points. */
export const lastMessageSchema = z.object({
  id: opIdSchema,
  seq: seqSchema,
  by: userIdSchema,
  at: timeSchema,
  author: authorSchema,
  body: z.string(),
  deletedAt: timeSchema.optional(),
});

/**
 * One room of my room list, whole: a later one replaces it. Unread is `count - readCount`;
 * `mentions` counts the unread messages that mention me. [R2]
 */
export const roomSchema = z.object({
  t: z.literal("room"),
  room: roomIdSchema,
  room_info: roomInfoSchema,
  head: countSchema,
  count: countSchema,
  last: lastMessageSchema.optional(),
  readSeq: countSchema,
  readCount: countSchema,
  mentions: countSchema,
});

export type ReadFrame = z.infer<typeof readSchema>;
export type ReadPosition = z.infer<typeof readPositionSchema>;
export type MemberReceipt = z.infer<typeof memberReceiptSchema>;
export type ReceiptFrame = z.infer<typeof receiptSchema>;
export type LastMessage = z.infer<typeof lastMessageSchema>;
export type RoomFrame = z.infer<typeof roomSchema>;
