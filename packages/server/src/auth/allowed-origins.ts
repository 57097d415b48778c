import { parseUrl } from "../platform/parse-url.js";

/**
 * Which web pages may talk to this server. Requests without an `Origin` do not come from pages and
 * are not its business.
 */
export class AllowedOrigins {
  readonly #origins: ReadonlySet<string>;
  readonly #publicHost: string | undefined;

  /** Takes serialised origins, `*` for any, and where people reach this server, if it is told. */
  constructor(origins: readonly string[], publicOrigin?: string) {
    this.#origins = new Set(publicOrigin === undefined ? origins : [...origins, publicOrigin]);
    this.#publicHost = publicOrigin === undefined ? undefined : parseUrl(publicOrigin)?.host;
  }

  /**
   * True for a page of a listed origin. `null`, the origin of sandboxed and local pages, is not
   * listed by `*`.
   */
  lists(origin: string): boolean {
    if (origin === "null") return false;
    return this.#origins.has("*") || this.#origins.has(origin);
  }

  /**
   * True for a listed page, and for one that this very host has served. A server that knows its
   * public address believes no other name: a page can point a name of its own at our address.
   */
  allows(origin: string, host: string | undefined): boolean {
    if (this.lists(origin)) return true;
    return this.isOwnHost(host) && parseUrl(origin)?.host === host;
  }

  /** True for the names of this server in `Host`: the public one and those of this machine. */
  isOwnHost(host: string | undefined): boolean {
    if (host === undefined) return false;
    if (this.#publicHost === undefined || host === this.#publicHost) return true;
    const named = parseUrl(`http://${host}`)?.hostname ?? "";
    return LOOPBACK_NAMES.test(named);
  }
}

const LOOPBACK_NAMES = /^(localhost|127(\.\d+){3}|\[::1\])$/;
