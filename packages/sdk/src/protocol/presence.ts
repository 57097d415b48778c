import * as z from "zod";
import { countSchema, roomIdSchema, userIdSchema } from "./ids.js";
import { authorSchema } from "./model.js";

/** I am typing. Repeated while it is true; its end is silence. [P1] */
export const upTypingSchema = z.object({ t: z.literal("typing"), room: roomIdSchema });

/** Somebody types: shown for `ttl` milliseconds from its arrival, or until their message. [P1] */
export const downTypingSchema = z.object({
  t: z.literal("typing"),
  room: roomIdSchema,
  user: userIdSchema,
  author: authorSchema,
  ttl: countSchema,
});

/** Somebody came, or left. `author` comes with those who came. [P2] */
export const presenceChangeSchema = z.object({
  user: userIdSchema,
  state: z.enum(["online", "offline"]),
  author: authorSchema.optional(),
});

/**
 * Who is here: what changed, or with `full` everybody; a `count` alone above the limit, until the
 * next `full`. [P2]
 */
export const presenceSchema = z.object({
  t: z.literal("presence"),
  room: roomIdSchema,
  full: z.literal(true).optional(),
  changes: z.array(presenceChangeSchema).optional(),
  count: countSchema.optional(),
});

export type UpTypingFrame = z.infer<typeof upTypingSchema>;
export type DownTypingFrame = z.infer<typeof downTypingSchema>;
export type PresenceChange = z.infer<typeof presenceChangeSchema>;
export type PresenceFrame = z.infer<typeof presenceSchema>;
