import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { DevPages } from "./dev-pages.js";
import { withReloadScript } from "./reload-script.js";

let folder: string;
let source: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "confab-dev-"));
  source = join(folder, "source");
  target = join(folder, "target");
  mkdirSync(source);
  writeFileSync(join(source, "index.html"), "<html><head></head><body>1</body></html>");
  writeFileSync(join(source, "demo.css"), "body {}");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const served = (name: string) => readFileSync(join(target, name), "utf8");

describe("the pages of npm run dev", () => {
  it("are the demo's pages with the script that reloads them", () => {
    new DevPages({ source, target });
    expect(served("index.html")).toBe(
      '<html><head><script src="/dev-reload.js"></script></head><body>1</body></html>',
    );
    expect(served("demo.css")).toBe("body {}");
    expect(served("dev-reload.js")).toContain("location.reload()");
  });

  it("change their version when a page is copied anew and when the bundle is new", () => {
    const pages = new DevPages({ source, target });
    const first = served("dev-version.txt");
    pages.reload();
    const second = served("dev-version.txt");
    writeFileSync(join(source, "index.html"), "<html><head></head><body>2</body></html>");
    pages.copy();

    expect(new Set([first, second, served("dev-version.txt")]).size).toBe(3);
    expect(served("index.html")).toContain("<body>2</body>");
  });

  it("get the script even without a head", () => {
    expect(withReloadScript("<p>1</p>")).toBe('<script src="/dev-reload.js"></script><p>1</p>');
  });
});
