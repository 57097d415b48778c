let address: string | undefined;

/**
 * The origin the script tag's bundle came from; undefined when the elements were imported from a
 * package.
 */
export function scriptOrigin(): string | undefined {
  return address === undefined ? undefined : new URL(address).origin;
}

/**
 * The address of a file that lies beside the bundle. A browser does not look for it there by itself
 * when a classic script came from elsewhere.
 */
export function besideScript(name: string): string {
  return new URL(name, address ?? document.baseURI).href;
}

/**
 * Remembers where the bundle came from. A classic script is told by the document while it runs. A
 * module script is not, and the bundle cannot use `import.meta` since a classic script must be
 * able to read it: there the address stands in the stack of an error, which every browser writes.
 */
export function rememberScriptOrigin(): void {
  const current = document.currentScript;
  address = current instanceof HTMLScriptElement && current.src ? current.src : addressInStack();
}

function addressInStack(): string | undefined {
  // The names of bundle and functions differ; the address of this very file is what the first
  // frame ends with.
  return /https?:\/\/[^\s)]+?(?=:\d+:\d+)/u.exec(new Error("where am I?").stack ?? "")?.[0];
}
