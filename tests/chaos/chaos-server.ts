import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";

interface ServerParts {
  readonly program: string;
  readonly logFile: string;
  readonly secret: string;
  readonly rooms: string;
}

/** A start takes a fraction of a second; this long only on a machine that is very busy. */
const START_MAX_MS = 20_000;

/** [V6] says ten seconds. */
const STOP_MAX_MS = 12_000;

/** The server under test: one port for life, killed and started on the same data. */
export class ChaosServer {
  readonly port: number;
  /** Where it finds its data at the next start. */
  dataDirectory: string;
  readonly #parts: ServerParts;
  #child: ChildProcess | undefined;
  #ended: Promise<number | null> = Promise.resolve(null);

  private constructor(port: number, dataDirectory: string, parts: ServerParts) {
    this.port = port;
    this.dataDirectory = dataDirectory;
    this.#parts = parts;
  }

  static async create(dataDirectory: string, parts: ServerParts): Promise<ChaosServer> {
    return new ChaosServer(await freePort(), dataDirectory, parts);
  }

  /** True when it listens in the end; false when the process ended before. */
  async start(): Promise<boolean> {
    const log = openSync(this.#parts.logFile, "a");
    const child = spawn(process.execPath, ["--enable-source-maps", this.#parts.program], {
      env: {
        PATH: process.env["PATH"] ?? "",
        PORT: String(this.port),
        HOST: "127.0.0.1",
        CONFAB_DATA: this.dataDirectory,
        CONFAB_ROOMS: this.#parts.rooms,
        CONFAB_JWT_SECRET: this.#parts.secret,
        CONFAB_ALLOWED_ORIGINS: "*",
        CONFAB_RATE_LIMITS: "off",
      },
      stdio: ["ignore", "pipe", log],
    });
    closeSync(log);
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once("exit", resolve));
    return new Promise((resolve) => {
      const tooLate = setTimeout(() => resolve(false), START_MAX_MS);
      const answer = (isListening: boolean): void => {
        clearTimeout(tooLate);
        resolve(isListening);
      };
      child.stdout?.on("data", (text: Buffer) => {
        if (text.includes("listening")) answer(true);
      });
      void this.#ended.then(() => answer(false));
    });
  }

  get logFile(): string {
    return this.#parts.logFile;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child?.exitCode === null && child.signalCode === null;
  }

  /** Ends the process the hard way, at whatever it is doing; a frozen one too. */
  async kill(): Promise<void> {
    if (this.isRunning) this.#child?.kill("SIGKILL");
    await this.#ended;
  }

  /** Asks it to end and gives the exit status; one that does not end is killed: no status. */
  async stop(): Promise<number | null> {
    if (this.isRunning) this.#child?.kill("SIGTERM");
    const tooLate = setTimeout(() => this.#child?.kill("SIGKILL"), STOP_MAX_MS);
    const status = await this.#ended;
    clearTimeout(tooLate);
    return status;
  }

  /** Freezes the process for a while, as a long collection or a moved machine does. */
  async pause(ms: number): Promise<void> {
    if (!this.isRunning) return;
    const child = this.#child;
    child?.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, ms));
    child?.kill("SIGCONT");
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
