import { LIMITS } from "./limits.js";

/**
 * What is wrong with a body, or nothing. Both sides use it, so the composer's counter and the
 * server always agree.
 */
export type TextProblem = "empty" | "invalid" | "too_large";

/**
 * C0 controls except line feed and tab, and halves of surrogate pairs without their other half.
 * [W6]
 */
const FORBIDDEN_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\p{Surrogate}]/u;

/** White space and what leaves no mark of its own: a body of nothing else would be blank. [W6] */
const INVISIBLE_TEXT = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

/** The two bounds of a body: the protocol's own, or those a server stated. [H3] */
export interface TextLimits {
  readonly bodyMaxCodePoints: number;
  readonly bodyMaxBytes: number;
}

/** Checks a message body against [W6]. A body that nobody could see is empty. */
export function textProblem(text: string, limits: TextLimits = LIMITS): TextProblem | undefined {
  if (INVISIBLE_TEXT.test(text)) return "empty";
  if (FORBIDDEN_CHARACTERS.test(text) || text.normalize("NFC") !== text) return "invalid";
  if (codePointCount(text) > limits.bodyMaxCodePoints) return "too_large";
  if (utf8Length(text) > limits.bodyMaxBytes) return "too_large";
  return undefined;
}

/** Length as the limits count it: Unicode code points, not UTF-16 units. */
export function codePointCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Bytes of the text in UTF-8, without making them. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
