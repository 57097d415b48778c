import { LAZY_PARTS, lazyParts } from "./build/lazy-parts.js";
import { minifyTemplates } from "./build/minify-templates.js";
import type { BuildOptions } from "esbuild";
import { defineConfig, type Options } from "tsup";

const define = { "process.env.NODE_ENV": '"production"' };

/** The bundle takes the SDK from its source, so it does not matter whether that is built. */
function fromSource(options: BuildOptions): void {
  options.conditions = ["@confab/source", "production", "browser", "import"];
  // The licences of what is inside lie beside the bundle.
  options.legalComments = "linked";
  // Imports that only put styles next to each other are meant.
  options.logOverride = { "ignored-bare-import": "silent" };
}

/** One module per entry for bundlers, with types; what they depend on stays outside. */
const modules: Options = {
  entry: {
    index: "src/index.ts",
    define: "src/define.ts",
    "define/chat-composer": "src/define/chat-composer.ts",
    "define/chat-connection-status": "src/define/chat-connection-status.ts",
    "define/chat-guest-form": "src/define/chat-guest-form.ts",
    "define/chat-message": "src/define/chat-message.ts",
    "define/chat-message-list": "src/define/chat-message-list.ts",
    "define/chat-provider": "src/define/chat-provider.ts",
    "define/chat-room": "src/define/chat-room.ts",
    "define/chat-typing": "src/define/chat-typing.ts",
  },
  format: ["esm"],
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  target: "es2022",
  sourcemap: true,
};

/** The script tag: one file with everything, readable as a module and as a classic script. */
const script: Options = {
  entry: { chat: "src/script.ts" },
  format: ["iife"],
  outExtension: () => ({ js: ".js" }),
  noExternal: [/.*/],
  platform: "browser",
  target: "es2022",
  minify: true,
  define,
  esbuildPlugins: [minifyTemplates, lazyParts],
  esbuildOptions: fromSource,
};

/** What the script tag loads when it is needed: modules, each complete in itself. */
const parts: Options = {
  entry: { ...LAZY_PARTS },
  format: ["esm"],
  noExternal: [/.*/],
  splitting: false,
  platform: "browser",
  target: "es2022",
  minify: true,
  define,
  esbuildOptions: fromSource,
};

export default defineConfig([modules, script, parts]);
