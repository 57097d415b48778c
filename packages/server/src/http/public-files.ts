import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";

/** A file ready to be sent. */
export interface PublicFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** Quoted, as in the `ETag` header. */
  readonly etag: string;
  readonly modifiedAtMs: number;
}

/**
 * Names that can be asked for: folders and files without dots in front, so never a hidden file or a
 * way up.
 */
const PATH_PATTERN = /^(?:[a-z0-9][a-z0-9._-]*\/)*[a-z0-9][a-z0-9._-]*$/i;

/** Kinds of file that are served; anything else does not exist. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".ico", "image/x-icon"],
  [".webmanifest", "application/manifest+json"],
  [".txt", "text/plain; charset=utf-8"],
  [".map", "application/json"],
]);

/**
 * The files of one directory, read when they are first asked for and again when they have changed.
 */
export class PublicFiles {
  readonly #directory: string;
  readonly #known = new Map<string, PublicFile>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * The file at a request's path, as it was sent; `/` is `index.html`. Nothing when there is none.
   */
  async find(path: string): Promise<PublicFile | undefined> {
    const name = path === "/" ? "index.html" : path.slice(1);
    const contentType = CONTENT_TYPES.get(extname(name).toLowerCase());
    if (!PATH_PATTERN.test(name) || contentType === undefined) return undefined;
    const file = join(this.#directory, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true) return undefined;
    const known = this.#known.get(name);
    if (known?.modifiedAtMs === found.mtimeMs) return known;
    const body = new Uint8Array(await readFile(file));
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const read: PublicFile = { body, contentType, etag, modifiedAtMs: found.mtimeMs };
    this.#known.set(name, read);
    return read;
  }
}
