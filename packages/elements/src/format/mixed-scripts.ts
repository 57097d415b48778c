const LATIN = /\p{Script=Latin}/u;
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/**
 * True for a host name that mixes Latin letters with a script that has the same shapes: a
 * disguise, not a language.
 */
export function mixesScripts(host: string): boolean {
  return LATIN.test(host) && LOOKALIKE.test(host);
}
