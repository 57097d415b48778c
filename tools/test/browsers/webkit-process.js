import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

/** How long the screen and the driver get to start, and how often the driver is asked meanwhile. */
const START_LIMIT_MS = 20_000;
const QUESTION_INTERVAL_MS = 50;
const SCREEN = "1280x1024x24";
/** The screen writes its number to this stream once it is ready. */
const READY_STREAM = 3;

/** A WebKit driver on a screen of its own, which nobody sees. */
export class WebkitProcess {
  /** Address of the driver. */
  address;
  /** @type {readonly import("node:child_process").ChildProcess[]} */
  #children;
  #end = () => {
    this.stop();
  };

  /**
   * @param {string} address
   * @param {readonly import("node:child_process").ChildProcess[]} children
   */
  constructor(address, children) {
    this.address = address;
    this.#children = children;
    process.on("exit", this.#end);
  }

  /**
   * Rejects when one of the two programs does not start.
   *
   * @param {string} driverPath
   * @returns {Promise<WebkitProcess>}
   */
  static async start(driverPath) {
    const { screen, display } = await startScreen();
    const port = await freePort();
    const driver = spawn(driverPath, [`--port=${port}`], {
      env: { ...process.env, DISPLAY: display },
      stdio: "ignore",
    });
    const started = new WebkitProcess(`http://127.0.0.1:${port}`, [driver, screen]);
    try {
      await Promise.race([failureOf(driver), answerOf(started.address)]);
    } catch (error) {
      started.stop();
      throw error;
    }
    return started;
  }

  /** Ends the driver, which ends its browser, and then the screen. */
  stop() {
    process.off("exit", this.#end);
    for (const child of this.#children) child.kill();
  }
}

async function startScreen() {
  const screen = spawn(
    "Xvfb",
    ["-displayfd", String(READY_STREAM), "-screen", "0", SCREEN, "-nolisten", "tcp"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  const ready = /** @type {import("node:stream").Readable} */ (screen.stdio[READY_STREAM]);
  const signal = AbortSignal.timeout(START_LIMIT_MS);
  const number = await Promise.race([failureOf(screen), textOf(ready, signal)]);
  return { screen, display: `:${number.trim()}` };
}

/**
 * @param {import("node:stream").Readable} stream
 * @param {AbortSignal} signal
 * @returns {Promise<string>} what it says first
 */
async function textOf(stream, signal) {
  const data = /** @type {unknown[]} */ (await once(stream, "data", { signal }));
  return String(data[0]);
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<never>}
 */
function failureOf(child) {
  return new Promise((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`unable to start ${child.spawnfile}; it ended with ${code ?? "a signal"}`));
    });
  });
}

/** @param {string} address of the driver */
async function answerOf(address) {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    const isThere = await fetch(`${address}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, QUESTION_INTERVAL_MS));
  }
  throw new Error("unable to start the WebKit driver; it does not answer");
}

/** @returns {Promise<number>} a port nobody listens at; the driver has to be told one */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}
