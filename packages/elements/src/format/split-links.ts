/** A piece of a body: plain text, or text that opens `href`. */
export interface TextPiece {
  readonly text: string;
  readonly href?: string;
}

const MAX_URL_LENGTH = 2048;
const CANDIDATE = /https?:\/\/[^\s<>"`\u0000-\u001f]+/giu;
const UNSAFE_CHARACTERS = /[\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const CLOSERS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * Cuts a text at its http and https addresses. The pieces joined are the text again. Linear in
 * its length.
 */
export function splitLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let rest = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    if (isWordCharacter(text[match.index - 1])) continue;
    const shown = withoutTrailingPunctuation(match[0]);
    const href = safeUrl(shown);
    if (href === undefined) continue;
    if (match.index > rest) pieces.push({ text: text.slice(rest, match.index) });
    pieces.push({ text: shown, href });
    rest = match.index + shown.length;
  }
  if (rest < text.length) pieces.push({ text: text.slice(rest) });
  return pieces;
}

/**
 * The address as the browser would open it, or undefined when it must stay text: another scheme,
 * a name and password inside, characters that make it read differently from what it is, or longer
 * than 2,048 characters.
 */
export function safeUrl(text: string): string | undefined {
  if (text.length > MAX_URL_LENGTH || UNSAFE_CHARACTERS.test(text)) return undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  if (url.username !== "" || url.password !== "" || url.hostname === "") return undefined;
  return url.href;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}

/**
 * A sentence ends with its own full stop, and a bracket that was opened before the address closes
 * after it.
 */
function withoutTrailingPunctuation(candidate: string): string {
  const balance = bracketBalance(candidate);
  let end = candidate.length;
  while (end > 0) {
    const last = candidate[end - 1] ?? "";
    const opener = CLOSERS[last];
    if (opener !== undefined) {
      const open = balance.get(opener) ?? 0;
      if (open >= 0) break;
      balance.set(opener, open + 1);
    } else if (!/[.,;:!?'*_~…]/u.test(last)) break;
    end -= 1;
  }
  return candidate.slice(0, end);
}

/** Openers minus closers of each kind of bracket. */
function bracketBalance(candidate: string): Map<string, number> {
  const balance = new Map<string, number>();
  for (const character of candidate) {
    const opener = CLOSERS[character];
    if (opener !== undefined) balance.set(opener, (balance.get(opener) ?? 0) - 1);
    else if ("([{".includes(character)) balance.set(character, (balance.get(character) ?? 0) + 1);
  }
  return balance;
}
