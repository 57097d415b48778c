import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../main.ts", import.meta.url));

/** The server as a process of its own, run from the source, so that a test can kill it. */
export class ServerProcess {
  readonly url: Promise<string>;
  /** Exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly #child: ChildProcess;
  #output = "";
  #errors = "";

  constructor(environment: Record<string, string>) {
    const { PATH = "" } = process.env;
    this.#child = spawn(
      process.execPath,
      ["--import", "tsx", "--conditions=@confab/source", PROGRAM],
      { env: { PATH, PORT: "0", ...environment }, stdio: ["ignore", "pipe", "pipe"] },
    );
    this.ended = new Promise((resolve) => {
      this.#child.once("exit", (status, signal) => {
        resolve(status ?? signal ?? -1);
      });
    });
    this.url = this.#listen();
    this.url.catch(() => undefined);
  }

  /** Everything written for people. */
  get output(): string {
    return this.#output;
  }

  /** The log, and what went wrong at the start. */
  get errors(): string {
    return this.#errors;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.ended;
  }

  #listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#child.stderr?.on("data", (data: Buffer) => {
        this.#errors += data.toString();
      });
      this.#child.stdout?.on("data", (data: Buffer) => {
        this.#output += data.toString();
        const url = /http:\/\/\S+/.exec(this.#output)?.[0];
        if (url !== undefined) resolve(url);
      });
      void this.ended.then((status) => {
        reject(new Error(`the server ended with ${String(status)}: ${this.#errors}`));
      });
    });
  }
}
