import * as z from "zod";
import { opIdSchema, roomIdSchema, seqSchema, timeSchema } from "./ids.js";
import { formatSchema } from "./model.js";

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
});

/**
 * The fields every operation has, whatever its kind: enough to answer a kind this server does not
 * know.
 */
export const anyOpSchema = z.looseObject({ ...opBase, k: z.string().min(1).max(32) });

/** One durable operation. Its two outcomes are `ack` and `nack`, and nothing else. [O2] */
export const opSchema = z.discriminatedUnion("k", [msgOpSchema]);

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
export type AnyOp = z.infer<typeof anyOpSchema>;
export type OpFrame = z.infer<typeof opSchema>;
export type AckFrame = z.infer<typeof ackSchema>;
export type NackCode = z.infer<typeof nackCodeSchema>;
export type NackFrame = z.infer<typeof nackSchema>;
