import { Hono, type Context } from "hono";
import type { HttpEnv } from "../http-env.js";
import { HttpError } from "../http-error.js";
import { PublicFiles, type PublicFile } from "../public-files.js";
import { PAGE_POLICY } from "../security-headers.js";

/** The script tag's bundle and the parts it loads later: the files that other sites load. */
const SCRIPT_PATHS: readonly string[] = ["/chat.js", "/chat-http.js", "/chat-storage.js"];

/**
 * Serves the files of a directory: the script tag's bundle for any site, everything else for itself
 * alone.
 */
export function pageRoutes(directory: string): Hono<HttpEnv> {
  const files = new PublicFiles(directory);
  const routes = new Hono<HttpEnv>();
  routes.get("*", async (context) => {
    const file = await files.find(context.req.path);
    if (file === undefined) throw new HttpError("not_found");
    if (SCRIPT_PATHS.includes(context.req.path)) setScriptHeaders(context);
    else setPageHeaders(context);
    return send(context, file);
  });
  return routes;
}

/**
 * A browser asks each time whether its copy is still good: a new version is in use as soon as it is
 * installed.
 */
function send(context: Context<HttpEnv>, { body, contentType, etag }: PublicFile): Response {
  context.header("ETag", etag);
  context.header("Cache-Control", "no-cache");
  const known = (context.req.header("if-none-match") ?? "").split(",").map((tag) => tag.trim());
  if (known.includes(etag) || known.includes(`W/${etag}`)) return context.body(null, 304);
  return context.body(body, 200, { "Content-Type": contentType });
}

function setScriptHeaders(context: Context<HttpEnv>): void {
  context.header("Access-Control-Allow-Origin", "*");
  context.header("Cross-Origin-Resource-Policy", "cross-origin");
}

function setPageHeaders(context: Context<HttpEnv>): void {
  context.header("Content-Security-Policy", PAGE_POLICY);
  context.header("Cross-Origin-Opener-Policy", "same-origin");
  context.header("Cross-Origin-Resource-Policy", "same-origin");
  context.header("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
}
