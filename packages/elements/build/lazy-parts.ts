import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

/**
 * Parts of the client that a page loads when it first needs them, by the module that holds each.
 * The script tag is one file; these lie beside it.
 */
export const LAZY_PARTS: Readonly<Record<string, string>> = {
  "chat-storage": "../sdk/src/indexeddb.ts",
  "chat-http": "../sdk/src/connection/http-transport.ts",
};

const SOURCES = fileURLToPath(new URL("../src", import.meta.url));

/** The module of the client that loads its parts, as the script tag has it. */
const PARTS_OF_SCRIPT = `
import { loadPart } from "./load-part.js";
import { besideScript } from ${JSON.stringify(join(SOURCES, "identity/script-origin.ts"))};
export const storagePart = loadPart(() => import(besideScript("chat-storage.js")));
export const httpPart = loadPart(() => import(besideScript("chat-http.js")));
`;

/** Makes the bundle look for those parts beside itself. */
export const lazyParts: Plugin = {
  name: "lazy-parts",
  setup(build) {
    build.onLoad({ filter: /[\\/]sdk[\\/]src[\\/]lazy-parts\.ts$/ }, () => ({
      contents: PARTS_OF_SCRIPT,
      loader: "ts",
      resolveDir: join(SOURCES, "../../sdk/src"),
    }));
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, importer }) => {
      if (kind !== "dynamic-import") return undefined;
      return { errors: [{ text: `${path} of ${importer} is not loaded by lazy-parts.ts` }] };
    });
  },
};
