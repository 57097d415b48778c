import type { HttpAnswer } from "../platform/http.js";
import { CLOSE_CODES, MESSAGE_TOO_LARGE } from "../protocol/close-codes.js";
import { ERROR_CODES } from "../protocol/error-codes.js";

/** The network's own code for a line that is gone. */
const LOST = 1006;

/** What our server refuses somebody with, whatever they ask for. */
const IDENTITY_CODES = ["unauthenticated", "token_expired", "forbidden", "disabled"] as const;

/** What a refused request means for the line it was made on. */
export interface LineEnd {
  readonly code: number;
  /** The earliest time to come back, in milliseconds, if the server named one. */
  readonly afterMs?: number;
}

/**
 * The close code a socket would have got. Only errors in the words of our server count as its own:
 * whatever stands between may answer with any status, and is waited out.
 */
export function codeOfAnswer({ status, body }: HttpAnswer): LineEnd {
  const error = (body as { error?: { code?: unknown; retryAfterMs?: unknown } } | undefined)?.error;
  const { code, retryAfterMs } = error ?? {};
  const after = typeof retryAfterMs === "number" ? { afterMs: retryAfterMs } : {};
  if (status === 413) return { code: MESSAGE_TOO_LARGE };
  if (status === 429) return { code: CLOSE_CODES.rateLimited, ...after };
  if (status === 503) return { code: CLOSE_CODES.overloaded, ...after };
  return { code: isAboutIdentity(code) ? ERROR_CODES[code].closeCode : LOST };
}

function isAboutIdentity(code: unknown): code is (typeof IDENTITY_CODES)[number] {
  return IDENTITY_CODES.some((known) => known === code);
}
