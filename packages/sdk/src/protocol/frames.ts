import * as z from "zod";
import { eventSchema } from "./events.js";
import {
  authReqSchema,
  authSchema,
  helloSchema,
  replaySchema,
  resetSchema,
  subSchema,
  syncedSchema,
  unsubSchema,
  welcomeSchema,
} from "./handshake.js";
import type { EventFrame } from "./events.js";
import { byeSchema, downPingSchema, errorSchema, pongSchema, upPingSchema } from "./liveness.js";
import { ackSchema, nackSchema, opSchema } from "./operations.js";
import { downTypingSchema, presenceSchema, upTypingSchema } from "./presence.js";
import { readSchema, receiptSchema, roomSchema } from "./reading.js";

/** Everything a client may say. */
export const upFrameSchema = z.discriminatedUnion("t", [
  helloSchema,
  subSchema,
  unsubSchema,
  opSchema,
  readSchema,
  upTypingSchema,
  authSchema,
  upPingSchema,
  pongSchema,
]);

/** Everything a server may say. */
export const downFrameSchema = z.discriminatedUnion("t", [
  welcomeSchema,
  replaySchema,
  resetSchema,
  eventSchema,
  syncedSchema,
  ackSchema,
  nackSchema,
  roomSchema,
  receiptSchema,
  downTypingSchema,
  presenceSchema,
  authReqSchema,
  downPingSchema,
  pongSchema,
  byeSchema,
  errorSchema,
]);

export type UpFrame = z.infer<typeof upFrameSchema>;

/** A frame as a client reads it: events may be of a kind it does not know. */
export type DownFrame = Exclude<z.infer<typeof downFrameSchema>, { t: "ev" }> | EventFrame;
