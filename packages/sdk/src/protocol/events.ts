import * as z from "zod";
import {
  countSchema,
  opIdSchema,
  roomIdSchema,
  seqSchema,
  timeSchema,
  userIdSchema,
} from "./ids.js";
import { authorSchema, formatSchema } from "./model.js";

const eventBase = {
  t: z.literal("ev"),
  room: roomIdSchema,
  seq: seqSchema,
  id: opIdSchema,
  by: userIdSchema,
  at: timeSchema,
};

/** Somebody said something. */
export const msgEventSchema = z.object({
  ...eventBase,
  k: z.literal("msg"),
  count: countSchema,
  author: authorSchema,
  body: z.string(),
  format: formatSchema,
});

/** One durable entry of a room's log. */
export const eventSchema = z.discriminatedUnion("k", [msgEventSchema]);

export type MsgEvent = z.infer<typeof msgEventSchema>;

/** An event this version understands. */
export type RoomEvent = z.infer<typeof eventSchema>;

/** An event of any kind: one that is not understood still advances cursor and chain. [W3] */
export type EventFrame = Omit<RoomEvent, "k"> & { readonly k: string };
