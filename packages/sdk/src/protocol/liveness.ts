import * as z from "zod";
import { chainSchema, countSchema, roomIdSchema } from "./ids.js";
import { refSchema } from "./handshake.js";

/** Are you there? Answered by `pong`. [V1] */
export const upPingSchema = z.object({ t: z.literal("ping") });

/** I am here. [V1] */
export const pongSchema = z.object({ t: z.literal("pong") });

/** Are you there, and is this where you are? [V1] [L9] */
export const downPingSchema = z.object({
  t: z.literal("ping"),
  heads: z.record(roomIdSchema, z.tuple([countSchema, chainSchema])),
});

/**
 * The server is about to close: come back after a random time between the two, in milliseconds.
 * [V6]
 */
export const byeSchema = z.object({
  t: z.literal("bye"),
  code: z.int(),
  after: z.tuple([countSchema, countSchema]),
});

/** A frame was refused; the connection stays. [W4] */
export const errorSchema = z.object({
  t: z.literal("error"),
  code: z.string(),
  room: roomIdSchema.optional(),
  ref: refSchema.optional(),
});

export type UpPingFrame = z.infer<typeof upPingSchema>;
export type PongFrame = z.infer<typeof pongSchema>;
export type DownPingFrame = z.infer<typeof downPingSchema>;
export type ByeFrame = z.infer<typeof byeSchema>;
export type ErrorFrame = z.infer<typeof errorSchema>;
