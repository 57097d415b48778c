import { spawnSync } from "node:child_process";
import { bundleSimulation } from "./bundle.js";

/** `npm run sim`: bundles the simulation as it is and runs it with the given words. */
const bundle = await bundleSimulation("clean", []);
const words = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ["--enable-source-maps", bundle, ...words, ...(words.includes("--trace") ? [] : ["--shrink"])],
  { stdio: "inherit" },
);
process.exitCode = status ?? 1;
