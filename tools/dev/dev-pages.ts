import { copyFileSync, mkdirSync, readFileSync, readdirSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  RELOAD_SCRIPT,
  RELOAD_SCRIPT_FILE,
  VERSION_FILE,
  withReloadScript,
} from "./reload-script.js";

/** An editor writes a file in several steps; they make one copy. */
const SETTLE_MS = 100;

/** The folder a development server serves: the demo's pages, changed so that they reload. */
export class DevPages {
  readonly #source: string;
  readonly #target: string;
  #version = Date.now();

  /** Both are folders; the target is made and filled. */
  constructor({ source, target }: { readonly source: string; readonly target: string }) {
    this.#source = source;
    this.#target = target;
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, RELOAD_SCRIPT_FILE), RELOAD_SCRIPT);
    this.copy();
  }

  /** Copies the pages anew and lets every open page reload. */
  copy(): void {
    for (const name of readdirSync(this.#source)) {
      const from = join(this.#source, name);
      const to = join(this.#target, name);
      if (name.endsWith(".html")) writeFileSync(to, withReloadScript(readFileSync(from, "utf8")));
      else copyFileSync(from, to);
    }
    this.reload();
  }

  /** Lets every open page reload. */
  reload(): void {
    this.#version += 1;
    writeFileSync(join(this.#target, VERSION_FILE), String(this.#version));
  }

  /** Copies again whenever a page changes, until the process ends. */
  watch(): void {
    let settle: NodeJS.Timeout | undefined;
    watch(this.#source, () => {
      clearTimeout(settle);
      settle = setTimeout(() => {
        this.copy();
      }, SETTLE_MS);
    });
  }
}
