import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

const OUTPUT_MAX_BYTES = 16_777_216;

/** What a bundled simulation said, and whether it was content. */
export interface BundleRun {
  readonly output: string;
  readonly isClean: boolean;
}

/** Runs a bundled simulation with these words, in a process of its own. */
export async function runBundle(bundle: string, words: readonly string[]): Promise<BundleRun> {
  const node = ["--enable-source-maps", bundle, ...words];
  try {
    const { stdout } = await run(process.execPath, node, { maxBuffer: OUTPUT_MAX_BYTES });
    return { output: stdout, isClean: true };
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    return { output: `${stdout ?? ""}${stderr ?? ""}`, isClean: false };
  }
}
