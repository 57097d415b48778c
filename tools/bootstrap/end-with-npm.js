const CHECK_MS = 1_000;

/**
 * Stops this process when the npm that started it is gone. Killed outright, npm cannot pass the
 * signal on, and a forgotten server would keep its port.
 */
export function endWithNpm() {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, CHECK_MS);
  timer.unref();
}
