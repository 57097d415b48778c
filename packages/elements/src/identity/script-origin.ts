let origin: string | undefined;

/**
 * The origin the script tag's bundle came from; undefined when the elements were imported from a
 * package.
 */
export function scriptOrigin(): string | undefined {
  return origin;
}

/**
 * Remembers where the bundle came from. A classic script is told by the document while it runs. A
 * module script is not, and the bundle cannot use `import.meta` since a classic script must be
 * able to read it: there the address stands in the stack of an error, which every browser writes.
 */
export function rememberScriptOrigin(): void {
  const current = document.currentScript;
  const address =
    current instanceof HTMLScriptElement && current.src ? current.src : addressInStack();
  if (address !== undefined) origin = new URL(address).origin;
}

function addressInStack(): string | undefined {
  // The names of bundle and functions differ; the address of this very file is what the first
  // frame ends with.
  return /https?:\/\/[^\s)]+?(?=:\d+:\d+)/u.exec(new Error("where am I?").stack ?? "")?.[0];
}
