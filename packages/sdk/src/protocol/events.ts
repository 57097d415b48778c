import * as z from "zod";
import {
  countSchema,
  opIdSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  userIdSchema,
} from "./ids.js";
import { authorSchema, emojiSchema, formatSchema, mentionsSchema, metaSchema } from "./model.js";

const eventBase = {
  t: z.literal("ev"),
  room: roomIdSchema,
  seq: seqSchema,
  id: opIdSchema,
  by: userIdSchema,
  at: timeSchema,
};

/**
 * Somebody said something. Once the message was deleted, its event is `redacted`: it keeps its
 * place, and its body is empty.
 */
export const msgEventSchema = z.object({
  ...eventBase,
  k: z.literal("msg"),
  count: countSchema,
  author: authorSchema,
  body: z.string(),
  format: formatSchema,
  replyTo: opIdSchema.optional(),
  thread: opIdSchema.optional(),
  inRoom: z.literal(true).optional(),
  mentions: mentionsSchema.optional(),
  meta: metaSchema.optional(),
  redacted: z.literal(true).optional(),
});

/** Somebody changed their words. */
export const editEventSchema = z.object({
  ...eventBase,
  k: z.literal("edit"),
  target: opIdSchema,
  body: z.string(),
  mentions: mentionsSchema.optional(),
  redacted: z.literal(true).optional(),
});

/** A message is gone. `thread` is the thread it was a reply in, which has one reply less. */
export const delEventSchema = z.object({
  ...eventBase,
  k: z.literal("del"),
  target: opIdSchema,
  thread: opIdSchema.optional(),
  reason: z.string().optional(),
});

/**
 * Somebody reacted, or no longer does; `total` counts those who do after this event. `next` of an
 * `unreact` is the one who moves up to the end of those whom the row names; absent if nobody does.
 */
export const reactEventSchema = z.object({
  ...eventBase,
  k: z.enum(["react", "unreact"]),
  target: opIdSchema,
  emoji: emojiSchema,
  total: countSchema,
  next: userIdSchema.optional(),
});

/** A message was pinned, or is no longer. */
export const pinEventSchema = z.object({
  ...eventBase,
  k: z.enum(["pin", "unpin"]),
  target: opIdSchema,
});

/** One durable entry of a room's log. */
export const eventSchema = z.discriminatedUnion("k", [
  msgEventSchema,
  editEventSchema,
  delEventSchema,
  reactEventSchema,
  pinEventSchema,
]);

export type MsgEvent = z.infer<typeof msgEventSchema>;
export type EditEvent = z.infer<typeof editEventSchema>;
export type DelEvent = z.infer<typeof delEventSchema>;
export type ReactEvent = z.infer<typeof reactEventSchema>;
export type PinEvent = z.infer<typeof pinEventSchema>;

/** An event this version understands. */
export type RoomEvent = z.infer<typeof eventSchema>;

/** An event of any kind: one that is not understood still advances cursor and chain. [W3] */
export type EventFrame = z.infer<z.ZodObject<typeof eventBase>> & { readonly k: string };
