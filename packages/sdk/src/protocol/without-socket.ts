import * as z from "zod";
import { roomsSchema } from "./handshake.js";
import { askedNumberSchema } from "./ids.js";
import { LIMITS } from "./limits.js";
import { anyOpSchema } from "./operations.js";
import { upTypingSchema } from "./presence.js";
import { readSchema } from "./reading.js";

/** What a client may say without a socket, in the order it would say it on one. */
export const postedFramesSchema = z
  .array(z.union([anyOpSchema, readSchema, upTypingSchema]))
  .min(1)
  .max(LIMITS.postedMaxOps);

/** Query of `GET /v1/sync`: `rooms` as in a `hello`, and how long to wait for news, in seconds. */
export const syncQuerySchema = z.object({
  rooms: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "rooms must be JSON" });
        return z.NEVER;
      }
    })
    .pipe(roomsSchema),
  wait: askedNumberSchema.pipe(z.int().min(0).max(LIMITS.syncMaxWaitSeconds)).default(0),
});

/** What may be posted. */
export type PostedFrame = z.infer<typeof postedFramesSchema>[number];
export type SyncQuery = z.infer<typeof syncQuerySchema>;
