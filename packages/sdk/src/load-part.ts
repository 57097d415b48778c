/** How a browser names a module that it could not fetch, if it is one that remembers that. */
const REMEMBERED = /dynamically imported module: (https?:\S+)$/u;

/**
 * Loads a part of this program when it is first asked for, and again after it could not be. Some
 * browsers remember a failure for as long as the page lives: for them it gets another address.
 */
export function loadPart<Part>(
  load: () => Promise<Part>,
  loadFrom: (address: string) => Promise<Part> = importFrom,
): () => Promise<Part> {
  let address: string | undefined;
  let failures = 0;
  return async () => {
    try {
      return await (address === undefined ? load() : loadFrom(numbered(address, failures)));
    } catch (error) {
      failures += 1;
      address ??= REMEMBERED.exec(String(error))?.[1];
      throw error;
    }
  };
}

function numbered(address: string, number: number): string {
  const url = new URL(address);
  url.searchParams.set("again", String(number));
  return url.href;
}

/** Only the browser can know this address: whoever bundles this must leave the import alone. */
function importFrom<Part>(address: string): Promise<Part> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ address) as Promise<Part>;
}
