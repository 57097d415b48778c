/** Tells whether a specifier is the package of a pattern: `lit`, or with subpaths `lit/*`. */
export function matchesPackage(specifier: string, pattern: string): boolean {
  if (pattern === "node:*") return specifier.startsWith("node:");
  if (!pattern.endsWith("/*")) return specifier === pattern;

  const name = pattern.slice(0, -"/*".length);
  return specifier === name || specifier.startsWith(`${name}/`);
}
