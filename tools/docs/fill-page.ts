/**
 * Puts generated text between the two comments that mark a part of a page. Throws when the page
 * does not have exactly one such part.
 */
export function fillPage(page: string, part: string, text: string): string {
  const start = `<!-- ${part}: written by npm run docs -->`;
  const end = `<!-- end of ${part} -->`;
  const [before, rest, ...more] = page.split(start);
  const [, after, ...ends] = (rest ?? "").split(end);
  if (after === undefined || more.length > 0 || ends.length > 0) {
    throw new Error(`unable to fill the page; it needs one "${start}" and one "${end}" after it`);
  }
  return `${before ?? ""}${start}\n\n${text}\n\n${end}${after}`;
}
