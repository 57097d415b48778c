import * as z from "zod";
import { OP_ID_PATTERN, USER_ID_PATTERN } from "./patterns.js";
import { ROOM_ID_PATTERN } from "./room-id.js";

/** Room id: host-chosen and readable, or made by the server. [W5] */
export const roomIdSchema = z.string().regex(ROOM_ID_PATTERN);

/**
 * Op id: a UUIDv7 in lower-case canonical text, made by the client before the first attempt. [W5]
 * [O1]
 */
export const opIdSchema = z.string().regex(OP_ID_PATTERN);

/** User id: 1–128 printable ASCII characters. [W5] */
export const userIdSchema = z.string().regex(USER_ID_PATTERN);

/** Random id of one client instance, for example a tab. */
export const clientIdSchema = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** Rolling hash of a log as 16 hex digits. [L3] */
export const chainSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** Identity of one life of a log; never empty. [L3] */
export const epochSchema = z.string().regex(/^[0-9a-f]{16}$/);

/** A safe integer ≥ 0. [W6] */
export const countSchema = z.int().min(0);

/** Place of an event in its room's log, from 1. [L1] */
export const seqSchema = z.int().min(1);

/** Unix milliseconds of the server. [W6] */
export const timeSchema = z.int().min(0);

/** User id prefixes a host's token may not use. [W5] */
export const RESERVED_USER_PREFIXES = ["guest:", "account:", "bot:", "system:"] as const;

/**
 * A position in a room's log: everything up to `seq` is held, and `chain` proves it is the same
 * log. [L3]
 */
export const cursorSchema = z.object({ epoch: epochSchema, seq: countSchema, chain: chainSchema });
export type Cursor = z.infer<typeof cursorSchema>;

/** A whole number in a query: decimal digits and nothing else. */
export const askedNumberSchema = z.string().regex(/^\d+$/).transform(Number);
