import * as z from "zod";
import { askedNumberSchema, countSchema, epochSchema, seqSchema, timeSchema } from "./ids.js";
import { LIMITS } from "./limits.js";
import { messageRowSchema } from "./model.js";

/** Query of `GET /v1/rooms/:room/messages`: at most one of the three positions. [L10] */
export const historyQuerySchema = z
  .object({
    before: askedNumberSchema.pipe(seqSchema).optional(),
    after: askedNumberSchema.pipe(countSchema).optional(),
    around: askedNumberSchema.pipe(seqSchema).optional(),
    limit: askedNumberSchema
      .pipe(z.int().min(1).max(LIMITS.pageMaxMessages))
      .default(LIMITS.pageMessages),
  })
  .refine(
    (query) =>
      [query.before, query.after, query.around].filter((it) => it !== undefined).length <= 1,
    {
      message: "give at most one of before, after and around",
    },
  );

/** A page of rows, ascending by seq, read in one transaction when the head was `asOf`. [L10] */
export const historyPageSchema = z.object({
  messages: z.array(messageRowSchema),
  epoch: epochSchema,
  asOf: countSchema,
  hasMore: z.boolean(),
});

/** A page of a thread's replies, and the message the thread hangs on. [L10] */
export const threadPageSchema = historyPageSchema.extend({ root: messageRowSchema });

/** What a message said before its edits, oldest first. */
export const versionsSchema = z.object({
  versions: z.array(z.object({ at: timeSchema, body: z.string() })),
});

export type ThreadPage = z.infer<typeof threadPageSchema>;
export type Versions = z.infer<typeof versionsSchema>;
export type HistoryQuery = z.infer<typeof historyQuerySchema>;
export type HistoryPage = z.infer<typeof historyPageSchema>;
