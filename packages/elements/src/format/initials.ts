const LETTER_WITH_CASE = /[\p{Lu}\p{Ll}\p{Lt}]/u;

/**
 * What stands in an avatar without a picture: the first letter of the first and the last word.
 * One is enough in scripts without capital letters, where a single sign fills the circle.
 */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = firstGrapheme(words[0] ?? "");
  if (words.length < 2 || !LETTER_WITH_CASE.test(first)) return first.toLocaleUpperCase();
  return (first + firstGrapheme(words.at(-1) ?? "")).toLocaleUpperCase();
}

function firstGrapheme(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return first?.segment ?? "";
}
