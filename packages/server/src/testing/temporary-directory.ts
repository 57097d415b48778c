import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const made: string[] = [];

afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** Makes an empty directory that is gone after the tests of the file that asked for it. */
export function makeTemporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "confab-test-"));
  made.push(directory);
  return directory;
}
