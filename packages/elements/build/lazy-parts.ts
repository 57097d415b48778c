import type { Plugin } from "esbuild";

/**
 * Parts of the client that a page loads when it first needs them, by the module that holds each.
 * The script tag is one file; these lie beside it, where an import from a script looks for them.
 */
export const LAZY_PARTS: Readonly<Record<string, string>> = {
  "chat-storage": "../sdk/src/indexeddb.ts",
  "chat-http": "../sdk/src/connection/http-transport.ts",
};

/** Leaves the imports of those parts in the bundle, under the names they are served by. */
export const lazyParts: Plugin = {
  name: "lazy-parts",
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, importer }) => {
      if (kind !== "dynamic-import") return undefined;
      const module = path.replace(/^.*\//, "").replace(/\.js$/, ".ts");
      const [name] =
        Object.entries(LAZY_PARTS).find(([, source]) => source.endsWith(`/${module}`)) ?? [];
      if (name === undefined) {
        return { errors: [{ text: `${path} of ${importer} has no name in LAZY_PARTS` }] };
      }
      return { path: `./${name}.js`, external: true };
    });
  },
};
