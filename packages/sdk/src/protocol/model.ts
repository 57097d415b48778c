import * as z from "zod";
import {
  countSchema,
  opIdSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  userIdSchema,
} from "./ids.js";

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

/** A message with all later changes applied; `rev` is the seq of the last of them. [L10] [L11] */
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
});

export type UserKind = z.infer<typeof userKindSchema>;
export type Author = z.infer<typeof authorSchema>;
export type Me = z.infer<typeof meSchema>;
export type RoomInfo = z.infer<typeof roomInfoSchema>;
export type Format = z.infer<typeof formatSchema>;
export type MessageRow = z.infer<typeof messageRowSchema>;
