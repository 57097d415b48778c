import { errorFromCode } from "./errors.js";
import type { AskedOp, OutboxDraft } from "./outbox/outbox-entry.js";
import { purposeOf } from "./outbox/purpose-of.js";
import type { StatedLimits } from "./protocol/handshake.js";
import { LIMITS } from "./protocol/limits.js";
import { EMOJI_PATTERN, OP_ID_PATTERN, USER_ID_PATTERN } from "./protocol/patterns.js";
import { codePointCount, textProblem, utf8Length } from "./protocol/text.js";
import type { DeleteOptions, EditOptions, SendOptions } from "./op-options.js";

/** Brackets of the array a frame travels in. [W2] */
const ENVELOPE_BYTES = 2;

/** An op as the application asks for it: any of its fields may be wrong. */
export type Wish =
  | ({ readonly k: "msg"; readonly body: string } & SendOptions)
  | ({ readonly k: "edit"; readonly target: string; readonly body: string } & EditOptions)
  | ({ readonly k: "del"; readonly target: string } & DeleteOptions)
  | { readonly k: "react" | "unreact"; readonly target: string; readonly emoji: string }
  | { readonly k: "pin" | "unpin"; readonly target: string };

/** What an op says, without whose it is and where. */
type Saying<Op> = Op extends AskedOp ? Omit<Op, "t" | "room" | "id"> : never;

/** Where and when an op is asked for. */
export interface OpPlace {
  readonly id: string;
  readonly room: string;
  /** Unix milliseconds of this machine, and the same by the server's clock. */
  readonly since: number;
  readonly at: number;
}

/**
 * The op of a wish: text normalised, everything checked against the stated limits and encoded once
 * and for all. [O1] [W6] [H3] Throws `invalid` or `too_large`.
 */
export function opDraft(wish: Wish, place: OpPlace, limits: StatedLimits): OutboxDraft {
  const { id, room } = place;
  const op: AskedOp = { t: "op", room, id, ...checked(wish, limits) };
  const frame = JSON.stringify(op);
  const bytes = utf8Length(frame);
  demand(bytes + ENVELOPE_BYTES <= limits.messageMaxBytes, wish, "too_large");
  return { ...place, op, frame, bytes };
}

/** A field that is absent or empty is left out. */
function checked(wish: Wish, limits: StatedLimits): Saying<AskedOp> {
  if (wish.k === "msg") {
    const { k, format = "text", replyTo, thread, inRoom } = wish;
    demand(["text", "md"].includes(format), wish);
    for (const id of [replyTo, thread]) demand(id === undefined || isOpId(id), wish);
    const meta = metaOf(wish, wish.meta);
    return {
      k,
      body: bodyOf(wish, wish.body, limits),
      format,
      ...(replyTo && { replyTo }),
      ...(thread && { thread, ...(inRoom && { inRoom: true }) }),
      ...mentionsOf(wish, wish.mentions, limits),
      ...(meta && { meta }),
    };
  }
  const { k, target } = wish;
  demand(isOpId(target), wish);
  switch (k) {
    case "edit":
      return {
        k,
        target,
        body: bodyOf(wish, wish.body, limits),
        ...mentionsOf(wish, wish.mentions, limits),
      };
    case "del": {
      const reason = reasonOf(wish, wish.reason);
      return { k, target, ...(reason && { reason }) };
    }
    case "react":
    case "unreact": {
      const emoji = typeof wish.emoji === "string" ? wish.emoji.normalize("NFC") : "";
      demand(EMOJI_PATTERN.test(emoji) && !textProblem(emoji), wish);
      demand(utf8Length(emoji) <= LIMITS.emojiMaxBytes, wish, "too_large");
      return { k, target, emoji };
    }
    case "pin":
    case "unpin":
      return { k, target };
  }
}

function bodyOf(wish: Wish, body: unknown, limits: StatedLimits): string {
  const text = normalised(body);
  const problem = textProblem(text, limits);
  demand(!problem, wish, problem === "too_large" ? problem : "invalid");
  return text;
}

function reasonOf(wish: Wish, reason: unknown): string {
  const text = normalised(reason);
  if (text === "") return text;
  demand(!textProblem(text), wish);
  demand(codePointCount(text) <= LIMITS.reasonMaxCodePoints, wish, "too_large");
  return text;
}

function normalised(text: unknown): string {
  return typeof text === "string" ? text.replace(/\r\n?/g, "\n").normalize("NFC").trimEnd() : "";
}

function mentionsOf(
  wish: Wish,
  mentions: readonly unknown[] | undefined,
  { mentionsMaxCount }: StatedLimits,
): { readonly mentions?: string[] } {
  const users = [...new Set(mentions)].map((user) => {
    demand(typeof user === "string" && USER_ID_PATTERN.test(user), wish);
    return user as string;
  });
  demand(users.length <= mentionsMaxCount, wish, "too_large");
  return users.length > 0 ? { mentions: users } : {};
}

/** A copy, as it will be stored. */
function metaOf(wish: Wish, meta: unknown): Record<string, unknown> | undefined {
  if (meta === undefined) return undefined;
  let json: string | undefined;
  try {
    json = JSON.stringify(meta);
  } catch {
    // A cycle, or a bigint: refused below.
  }
  demand(json?.startsWith("{"), wish);
  const copy = JSON.parse(json ?? "{}") as Record<string, unknown>;
  demand(utf8Length(json ?? "") <= LIMITS.metaMaxBytes, wish, "too_large");
  demand(depthOf(copy) <= LIMITS.metaMaxDepth, wish);
  return json === "{}" ? undefined : copy;
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function isOpId(id: unknown): boolean {
  return typeof id === "string" && OP_ID_PATTERN.test(id);
}

function demand(
  isMet: boolean | undefined,
  wish: Wish,
  code: "invalid" | "too_large" = "invalid",
): void {
  if (!isMet) throw errorFromCode(code, purposeOf(wish));
}
