import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

/** Time a child gets to end by itself after being asked to, before it is killed. */
const STOP_GRACE_MS = 5_000;
/** Kept for showing after a failure; a tool that floods its output keeps only the end of it. */
const MAX_OUTPUT_CHARS = 400_000;
const IS_WINDOWS = process.platform === "win32";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
let isStopping = false;

/**
 * @typedef {object} CommandOutcome
 * @property {number} exitCode 0 for success; 1 when the command could not start or was ended
 * @property {string} output what it wrote to both streams, in order
 */

/**
 * @typedef {object} CommandOptions
 * @property {string} cwd working directory; its `node_modules/.bin` and the root's are on the path
 * @property {string} root the repository
 * @property {Record<string, string>} [env] added to this process's environment
 * @property {number} [limitMs] the command is ended when it runs longer
 */

/**
 * Runs a command to its end with its output collected and no standard input. It gets a process
 * group of its own, so that stopping it also stops whatever it started.
 *
 * @param {readonly string[]} command program and arguments
 * @param {CommandOptions} options
 * @returns {Promise<CommandOutcome>}
 */
export function runCommand([program = "", ...args], options) {
  const bins = [options.cwd, options.root].map((folder) => join(folder, "node_modules", ".bin"));
  const path = [...bins, process.env["PATH"] ?? ""].join(delimiter);
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
    detached: !IS_WINDOWS,
    // Programs installed by npm are .cmd files there, which only a shell can start.
    shell: IS_WINDOWS,
  });
  return collect(child, program, options.limitMs);
}

/**
 * Ends every command that is still running, together with what it started. For the end of this
 * process: whoever waits for such a command waits for ever, so that half a build, whose tool may
 * even call it a success, is never taken for a whole one.
 */
export async function stopCommands() {
  isStopping = true;
  await Promise.all([...running].map(stopChild));
}

/**
 * @param {import("node:child_process").ChildProcessByStdio<
 *   null, import("node:stream").Readable, import("node:stream").Readable>} child
 * @param {string} program
 * @param {number | undefined} limitMs
 * @returns {Promise<CommandOutcome>}
 */
function collect(child, program, limitMs) {
  running.add(child);
  let output = "";
  const keep = (/** @type {string} */ chunk) => {
    output = (output + chunk).slice(-MAX_OUTPUT_CHARS);
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);

  const limit = limitMs === undefined ? undefined : setTimeout(endLateChild, limitMs);
  function endLateChild() {
    keep(`\nEnded: ${program} ran longer than ${(limitMs ?? 0) / 60_000} minutes.\n`);
    void stopChild(child);
  }

  return new Promise((resolve) => {
    /** @param {number | null} code */
    const finish = (code) => {
      running.delete(child);
      clearTimeout(limit);
      if (!isStopping) resolve({ exitCode: code ?? 1, output });
    };
    child.once("error", (error) => {
      keep(`unable to start ${program}; ${error.message}\n`);
      finish(1);
    });
    child.once("close", finish);
  });
}

/** @param {import("node:child_process").ChildProcess} child */
async function stopChild(child) {
  const closed = new Promise((resolve) => child.once("close", resolve));
  signalGroup(child, "SIGTERM");
  const kill = setTimeout(() => {
    signalGroup(child, "SIGKILL");
  }, STOP_GRACE_MS);
  await closed;
  clearTimeout(kill);
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  if (IS_WINDOWS) {
    spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group ended between our decision and the signal, which is what was wanted.
  }
}
