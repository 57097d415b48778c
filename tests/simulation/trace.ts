import { createHash } from "node:crypto";

/** What happened, in order: hashed always, kept as text only when somebody wants to read it. */
export class Trace {
  readonly #hash = createHash("sha256");
  readonly #lines: string[] | undefined;

  constructor(options: { readonly keepsText: boolean }) {
    this.#lines = options.keepsText ? [] : undefined;
  }

  add(atMs: number, who: string, what: string): void {
    const line = `${atMs.toFixed(1).padStart(10)} ${who.padEnd(10)} ${what}`;
    this.#hash.update(line);
    this.#lines?.push(line);
  }

  digest(): string {
    return this.#hash.copy().digest("hex").slice(0, 16);
  }

  text(): string {
    return this.#lines?.join("\n") ?? "";
  }
}
