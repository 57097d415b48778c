import * as z from "zod";
import {
  countSchema,
  opIdSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  userIdSchema,
} from "./ids.js";
import { LIMITS } from "./limits.js";
import { EMOJI_PATTERN } from "./patterns.js";
import { textProblem, utf8Length } from "./text.js";

/** What kind of identity somebody is. Guests get a badge from this, never from their name. */
export const userKindSchema = z.enum(["user", "guest", "bot", "system"]);

/** A name people see. */
export const nameSchema = z.string().min(1).max(64);

/** Who somebody was when they wrote a message: later renames do not rewrite history. */
export const authorSchema = z.object({
  name: nameSchema,
  avatar: z.string().max(512).optional(),
  kind: userKindSchema,
});

/** The identity of a connection, as told to its owner. */
export const meSchema = authorSchema.extend({ id: userIdSchema });

/** What a room is, apart from its log. */
export const roomInfoSchema = z.object({
  id: roomIdSchema,
  kind: z.enum(["public", "private", "direct"]),
  name: z.string().min(1).max(128),
});

/** How a body is to be read. */
export const formatSchema = z.enum(["text", "md"]);

/**
 * A reaction: one emoji or short name, without white space, as visible as any text. Emoji are added
 * each year. [W6]
 */
export const emojiSchema = z
  .string()
  .regex(EMOJI_PATTERN)
  .refine((text) => textProblem(text) === undefined)
  .refine((text) => utf8Length(text) <= LIMITS.emojiMaxBytes);

/** People an op is to mention; a list of nobody means the same as none. */
export const askedMentionsSchema = z.array(userIdSchema).max(LIMITS.mentionsMaxCount);

/** People a message speaks to, each once. */
export const mentionsSchema = askedMentionsSchema.min(1);

/** What a host application keeps with a message. The server never looks into it. */
export const metaSchema = z.record(z.string(), z.unknown());

/** Who reacted with one emoji: how many, and the first of them in the order they did. */
export const reactionSchema = z.object({
  emoji: emojiSchema,
  count: seqSchema,
  users: z.array(userIdSchema).max(LIMITS.reactionMaxUsers),
});

/** How many replies a thread has, and where the newest stands in the log. */
export const repliesSchema = z.object({ count: countSchema, lastSeq: seqSchema });

/**
 * A message with all later changes applied; `rev` is the seq of the last of them. A deleted one has
 * `deletedAt` and an empty body, and keeps its place. [L10] [L11]
 */
export const messageRowSchema = z.object({
  id: opIdSchema,
  seq: seqSchema,
  rev: seqSchema,
  count: countSchema,
  by: userIdSchema,
  at: timeSchema,
  author: authorSchema,
  body: z.string(),
  format: formatSchema,
  replyTo: opIdSchema.optional(),
  /** Root of the thread this is a reply in; with `inRoom` it is shown in the room as well. */
  thread: opIdSchema.optional(),
  inRoom: z.literal(true).optional(),
  replies: repliesSchema.optional(),
  mentions: mentionsSchema.optional(),
  meta: metaSchema.optional(),
  reactions: z.array(reactionSchema).optional(),
  editedAt: timeSchema.optional(),
  deletedAt: timeSchema.optional(),
  pinned: z.literal(true).optional(),
});

export type UserKind = z.infer<typeof userKindSchema>;
export type Author = z.infer<typeof authorSchema>;
export type Me = z.infer<typeof meSchema>;
export type RoomInfo = z.infer<typeof roomInfoSchema>;
export type Format = z.infer<typeof formatSchema>;
export type Reaction = z.infer<typeof reactionSchema>;
export type Replies = z.infer<typeof repliesSchema>;
export type MessageRow = z.infer<typeof messageRowSchema>;
