import { readFile } from "node:fs/promises";
import { transform, type Plugin } from "esbuild";

const CSS_TEMPLATE = /css`([^`$]*)`/gu;

/**
 * Minifies what a JavaScript minifier leaves alone: the CSS of `css` templates, and the
 * indentation inside `html` templates. No template of ours shows white space as it is written.
 */
export const minifyTemplates: Plugin = {
  name: "minify-templates",
  setup(build) {
    build.onLoad({ filter: /packages\/elements\/src\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = path.endsWith(".styles.ts") ? await minifyCss(source) : unindent(source);
      return { contents, loader: "ts" };
    });
  },
};

async function minifyCss(source: string): Promise<string> {
  const sheets = await Promise.all(
    [...source.matchAll(CSS_TEMPLATE)].map(([, css = ""]) =>
      transform(css, { loader: "css", minify: true }),
    ),
  );
  return source.replace(CSS_TEMPLATE, () => {
    const css = sheets.shift()?.code.trim() ?? "";
    return `css\`${css.replaceAll("\\", "\\\\")}\``;
  });
}

/** Outside of templates, white space at the start of a line means nothing. */
function unindent(source: string): string {
  return source.replace(/\n\s+/gu, "\n");
}
