import { LIMITS } from "@confab/sdk/protocol";

/**
 * Reads a message as an array of JSON values, not yet as frames. Nothing when it is not valid JSON,
 * not an array, or nested deeper than the protocol allows: such depth is found before parsing,
 * since deep values break what handles them later. [W2] [W4]
 */
export function decodeMessage(text: string): readonly unknown[] | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Counts brackets outside of strings. Right for every valid JSON text, and never slower than one
 * pass for others.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) {
      isInString = true;
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1;
      if (depth > LIMITS.nestingMaxDepth) return true;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      depth -= 1;
    }
  }
  return false;
}
