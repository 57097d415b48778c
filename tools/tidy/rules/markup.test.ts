import { describe, expect, it } from "vitest";

import { findingsOf } from "../findings-of.js";

const ELEMENT = "packages/elements/src/components/a.ts";

describe("unsafe-markup", () => {
  it.each([
    "node.innerHTML = text;",
    'node["innerHTML"] = text;',
    "node.outerHTML = text;",
    "node.insertAdjacentHTML(place, text);",
    'import { unsafeHTML } from "lit/directives/unsafe-html.js";',
    'import { styleMap } from "lit/directives/style-map.js";',
    "eval(text);",
    "new Function(text);",
    "document.write(text);",
    "node.style.cssText = text;",
    'const t = html`<p style="color: red"></p>`;',
    "const t = html`<p style=${color}></p>`;",
    "const t = html`<b>${name}</b><p style=${color}></p>`;",
  ])("refuses %s", (text) => {
    expect(findingsOf("unsafe-markup", { [ELEMENT]: text })).not.toEqual([]);
  });

  it.each(["const t = html`<p class=style>style</p>`;", 'const css = "color";', "// innerHTML"])(
    "accepts %s",
    (text) => {
      expect(findingsOf("unsafe-markup", { [ELEMENT]: text })).toEqual([]);
    },
  );

  it("refuses what the strictest page policy would block in a page", () => {
    const page = '<p style="x"></p>\n<button onclick="x()">x</button>\n<p class="style"></p>\n';
    expect(findingsOf("unsafe-markup", { "examples/plain-html/public/index.html": page })).toEqual([
      "examples/plain-html/public/index.html:1 a `style=` attribute",
      "examples/plain-html/public/index.html:2 an inline event handler",
    ]);
  });

  it("lets a test set up a page as it likes", () => {
    const path = "packages/elements/src/a.browser.test.ts";
    expect(findingsOf("unsafe-markup", { [path]: "host.innerHTML = page;" })).toEqual([]);
  });
});
