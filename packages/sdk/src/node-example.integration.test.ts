import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const FROM_SOURCE = ["--conditions=@confab/source", "--import", "tsx"];

function run(file: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [...FROM_SOURCE, join(ROOT, file), ...words], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return String(port);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}

describe("examples/node/say.mjs on the real server", () => {
  const data = mkdtempSync(join(tmpdir(), "confab-example-"));
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const PORT = await freePort();
    url = `http://127.0.0.1:${PORT}`;
    const env = { PORT, CONFAB_DATA: data, CONFAB_GUESTS: "on", CONFAB_LOG_LEVEL: "error" };
    server = run("packages/server/src/main.ts", [], env);
    await new Promise((resolve) => server.stdout?.once("data", resolve));
  }, 60_000);

  afterAll(async () => {
    const end = ended(server);
    server.kill("SIGTERM");
    await end;
    rmSync(data, { recursive: true });
  }, 60_000);

  async function say(text: string): Promise<string> {
    const script = run("examples/node/say.mjs", [text, url]);
    let output = "";
    script.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    expect(await ended(script)).toBe(0);
    return output;
  }

  it("says one thing, shows what was said before, and ends", { timeout: 60_000 }, async () => {
    expect(await say("first")).toBe("Script: first\n");
    expect(await say("second")).toBe("Script: first\nScript: second\n");
  });
});
