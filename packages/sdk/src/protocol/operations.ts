import * as z from "zod";
import { opIdSchema, roomIdSchema, seqSchema, timeSchema } from "./ids.js";
import { askedMentionsSchema, emojiSchema, formatSchema, metaSchema } from "./model.js";

const opBase = { t: z.literal("op"), room: roomIdSchema, id: opIdSchema };

/**
 * Say something: creates the message `id`. Its text is judged by the operation, so that a wrong
 * body is nacked and not a bad frame.
 */
export const msgOpSchema = z.object({
  ...opBase,
  k: z.literal("msg"),
  body: z.string(),
  format: formatSchema,
  /** The message this one answers, quoted beside it. */
  replyTo: opIdSchema.optional(),
  /**
   * Root of the thread it belongs to; `inRoom` shows it in the room as well, and says nothing
   * without a thread.
   */
  thread: opIdSchema.optional(),
  inRoom: z.boolean().optional(),
  mentions: askedMentionsSchema.optional(),
  meta: metaSchema.optional(),
});

/** Replace the words of an own message; what it said before is kept. [O10] */
export const editOpSchema = z.object({
  ...opBase,
  k: z.literal("edit"),
  target: opIdSchema,
  body: z.string(),
  mentions: askedMentionsSchema.optional(),
});

/** Delete a message: its words leave the row, its versions and the log. [O10] */
export const delOpSchema = z.object({
  ...opBase,
  k: z.literal("del"),
  target: opIdSchema,
  reason: z.string().optional(),
});

/** Add one's reaction, or take it away: never a toggle, so that a repetition changes nothing. */
export const reactOpSchema = z.object({
  ...opBase,
  k: z.enum(["react", "unreact"]),
  target: opIdSchema,
  emoji: emojiSchema,
});

/** Put a message among the pinned ones, or take it from there. */
export const pinOpSchema = z.object({
  ...opBase,
  k: z.enum(["pin", "unpin"]),
  target: opIdSchema,
});

/**
 * Takes the place of the op with the same id: "tell me if you have it, else refuse it for ever".
 * [O11]
 */
export const fenceOpSchema = z.object({ ...opBase, k: z.literal("fence") });

/**
 * The fields every operation has, whatever its kind: enough to answer a kind this server does not
 * know.
 */
export const anyOpSchema = z.looseObject({ ...opBase, k: z.string().min(1).max(32) });

/** One durable operation. Its two outcomes are `ack` and `nack`, and nothing else. [O2] */
export const opSchema = z.discriminatedUnion("k", [
  msgOpSchema,
  editOpSchema,
  delOpSchema,
  reactOpSchema,
  pinOpSchema,
  fenceOpSchema,
]);

/** The op is in the log. [O3] */
export const ackSchema = z.object({
  t: z.literal("ack"),
  room: roomIdSchema,
  id: opIdSchema,
  seq: seqSchema,
  at: timeSchema,
});

/** Reasons for which an op is refused for ever. [O5] */
export const nackCodeSchema = z.enum([
  "forbidden",
  "not_found",
  "invalid",
  "too_large",
  "conflict",
  "room_closed",
  "target_gone",
  "edit_window",
  "slow_mode",
  "muted",
  "moderated",
  "cancelled",
]);

/** The op is not in the log and never will be. [O2] [O5] */
export const nackSchema = z.object({
  t: z.literal("nack"),
  room: roomIdSchema,
  id: opIdSchema,
  code: nackCodeSchema,
  detail: z.string().optional(),
});

export type MsgOp = z.infer<typeof msgOpSchema>;
export type EditOp = z.infer<typeof editOpSchema>;
export type DelOp = z.infer<typeof delOpSchema>;
export type ReactOp = z.infer<typeof reactOpSchema>;
export type PinOp = z.infer<typeof pinOpSchema>;
export type FenceOp = z.infer<typeof fenceOpSchema>;
export type AnyOp = z.infer<typeof anyOpSchema>;
export type OpFrame = z.infer<typeof opSchema>;
export type AckFrame = z.infer<typeof ackSchema>;
export type NackCode = z.infer<typeof nackCodeSchema>;
export type NackFrame = z.infer<typeof nackSchema>;
