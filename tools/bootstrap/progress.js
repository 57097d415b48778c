const REPAINT_MS = 1_000;
/** A log file gets a sign of life this often; a line a second would bury everything else. */
const PLAIN_INTERVAL_MS = 20_000;

/**
 * Shows one piece of work and how long it has taken. On a terminal the line is repainted every
 * second, elsewhere a line is printed now and then, so that nobody wonders whether it hangs.
 *
 * @param {string} label what is being done, such as `Installing (once, about a minute)`
 * @param {NodeJS.WriteStream} [output]
 * @returns {{ end(outcome: string): void }} `end` replaces the line by the outcome
 */
export function startProgress(label, output = process.stdout) {
  const startedAt = performance.now();
  const isTerminal = output.isTTY && process.env["CI"] === undefined;
  const paint = isTerminal ? "\r\u001b[K" : "";
  const lineEnd = isTerminal ? "" : "\n";

  const show = () => output.write(`${paint}  ${label}… ${elapsed(startedAt)}${lineEnd}`);
  output.write(`${paint}  ${label}…${lineEnd}`);
  const timer = setInterval(show, isTerminal ? REPAINT_MS : PLAIN_INTERVAL_MS);
  timer.unref();

  return {
    end(outcome) {
      clearInterval(timer);
      output.write(`${paint}  ${outcome} (${elapsed(startedAt)})\n`);
    },
  };
}

/** @param {number} startedAt a reading of `performance.now()` */
function elapsed(startedAt) {
  return `${String(Math.round((performance.now() - startedAt) / 1_000))} s`;
}
