/** Runs a turbo task over all workspaces with its telemetry off, the same way on every system. */
import { spawn } from "node:child_process";
import { join } from "node:path";

import { REPOSITORY } from "./bootstrap/repository.js";

const turbo = join(REPOSITORY, "node_modules", "turbo", "bin", "turbo");
const child = spawn(process.execPath, [turbo, "run", ...process.argv.slice(2)], {
  cwd: REPOSITORY,
  stdio: "inherit",
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
});
child.once("close", (code) => {
  process.exitCode = code ?? 1;
});
