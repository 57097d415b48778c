import * as z from "zod";
import { meSchema, nameSchema } from "./model.js";
import { timeSchema } from "./ids.js";

/**
 * Body of `POST /v1/auth/guest`. A valid guest token in `Authorization` keeps that guest's
 * identity.
 */
export const guestRequestSchema = z.object({ name: nameSchema });

/** Its answer: a connect token, when it expires, and who it makes you. */
export const guestAnswerSchema = z.object({
  token: z.string(),
  expiresAt: timeSchema,
  user: meSchema,
});

export type GuestRequest = z.infer<typeof guestRequestSchema>;
export type GuestAnswer = z.infer<typeof guestAnswerSchema>;
