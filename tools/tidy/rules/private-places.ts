import type { FileRule, Spot } from "../rule.js";

/** Places that exist on one machine or in one company, and what they are called in the message. */
const PRIVATE_PLACES: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.~-])\/(root|home\/\w[\w.-]*|Users\/\w[\w.-]*|work)\//, "a path of one machine"],
  [/[A-Za-z]:\\+Users\\+/, "a path of one machine"],
  [
    /\b(registry|npm|artifactory|nexus|verdaccio)\.[\w-]+(\.[\w-]+)+(?=[/:"'\s])/,
    "a registry host",
  ],
  [/"resolved":\s*"https?:/, "a registry host"],
];

/** What is committed works for whoever clones it. */
export const privatePlaces: FileRule = {
  name: "private-place",
  reason: "the path of a machine or the host of a registry means nothing to whoever clones this",
  fix: "write a relative path, or leave the host out",
  *check({ lines }) {
    for (const [index, line] of lines.entries()) yield* placesIn(line, index + 1);
  },
};

function* placesIn(text: string, line: number): Iterable<Spot> {
  for (const [pattern, what] of PRIVATE_PLACES) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) yield { line, what: `${what}: ${found}` };
  }
}
