import { parseUrl } from "../platform/parse-url.js";

/**
 * Which web pages may talk to this server. Requests without an `Origin` do not come from pages and
 * are not its business.
 */
export class AllowedOrigins {
  readonly #origins: ReadonlySet<string>;

  /** Takes serialised origins, and `*` for any. */
  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  /**
   * True for a page of a listed origin. `null`, the origin of sandboxed and local pages, is not
   * listed by `*`.
   */
  lists(origin: string): boolean {
    if (origin === "null") return false;
    return this.#origins.has("*") || this.#origins.has(origin);
  }

  /** True for a listed page, and for one that this very host has served. */
  allows(origin: string, host: string | undefined): boolean {
    return this.lists(origin) || (host !== undefined && parseUrl(origin)?.host === host);
  }
}
