import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { sourceFingerprint } from "./build.js";
import { holdsEverything } from "./install.js";
import { OLDEST_NODE, nodeVersionProblem } from "./node-version.js";
import { REPOSITORY } from "./repository.js";
import { runCommand, stopCommands } from "./run-command.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "confab-bootstrap-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the version of Node.js", () => {
  it.each(["18.20.4", "20.18.3", "4.0.0"])("is too old: %s", (version) => {
    expect(nodeVersionProblem(version)).toContain(`this is ${version}`);
  });

  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0", "100.0.0"])("is new enough: %s", (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined();
  });

  it("has the same floor in package.json", () => {
    const { engines } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
      engines: { node: string };
    };
    expect(engines.node).toBe(`>=${OLDEST_NODE.join(".")}`);
  });
});

describe("deciding whether to install", () => {
  const lock = {
    packages: {
      "": {},
      "packages/sdk": { version: "0.0.0" },
      "node_modules/lit": { version: "3.3.3" },
      "node_modules/@esbuild/win32-x64": { version: "0.28.2", optional: true },
    },
  };
  const lit = (version: string) => ({ packages: { "node_modules/lit": { version } } });

  it("accepts what the lock file asks for, without the parts for other platforms", () => {
    expect(holdsEverything(lock, lit("3.3.3"))).toBe(true);
  });

  it("does not accept another version, a missing package or no installation", () => {
    expect(holdsEverything(lock, lit("3.3.2"))).toBe(false);
    expect(holdsEverything(lock, { packages: {} })).toBe(false);
    expect(holdsEverything(lock, undefined)).toBe(false);
  });
});

describe("deciding whether to build", () => {
  const source = () => join(folder, "packages", "sdk", "src", "a.ts");

  beforeEach(() => {
    mkdirSync(join(folder, "packages", "sdk", "src"), { recursive: true });
    mkdirSync(join(folder, "packages", "sdk", "dist"), { recursive: true });
    writeFileSync(source(), "1");
    utimesSync(source(), 1_000, 1_000);
  });

  it("sees a file that changed, came or went", () => {
    const before = sourceFingerprint(folder);
    utimesSync(source(), 1_001, 1_001);
    const changed = sourceFingerprint(folder);
    writeFileSync(join(folder, "packages", "sdk", "src", "b.ts"), "");
    const grown = sourceFingerprint(folder);
    rmSync(source());

    expect(new Set([before, changed, grown, sourceFingerprint(folder)]).size).toBe(4);
  });

  it("takes no notice of what the build writes", () => {
    const before = sourceFingerprint(folder);
    writeFileSync(join(folder, "packages", "sdk", "dist", "a.js"), "1");
    expect(sourceFingerprint(folder)).toBe(before);
  });
});

describe("running a command", () => {
  const here = () => ({ root: folder, cwd: folder });

  it("collects both streams and the exit code", async () => {
    const script = "console.log('out'); console.error('err'); process.exitCode = 3";
    const outcome = await runCommand([process.execPath, "-e", script], here());
    expect(outcome.exitCode).toBe(3);
    expect(outcome.output).toContain("out");
    expect(outcome.output).toContain("err");
  });

  it("reports a program that is not there", async () => {
    const { exitCode, output } = await runCommand(["no-such-program-of-confab"], here());
    expect(exitCode).not.toBe(0);
    expect(output).toContain("no-such-program-of-confab");
  });

  it("ends a command that takes too long, and says so", async () => {
    const waiting = [process.execPath, "-e", "setInterval(() => {}, 1000)"];
    const { exitCode, output } = await runCommand(waiting, { ...here(), limitMs: 200 });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("ran longer than");
  });

  it("stops what a command has started as well", async () => {
    const pidFile = join(folder, "pid");
    const child = "setInterval(() => {}, 1000)";
    const parent = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", ${JSON.stringify(child)}]);
      require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
      setInterval(() => {}, 1000);`;
    let isTakenForDone = false;
    void runCommand([process.execPath, "-e", parent], here()).then(() => {
      isTakenForDone = true;
    });
    const pid = Number(await fileText(pidFile));

    await stopCommands();
    expect(await isGone(pid)).toBe(true);
    expect(isTakenForDone).toBe(false);
  });
});

describe("ending with npm", () => {
  it("stops a program whose npm was killed", async () => {
    const pidFile = join(folder, "pid");
    const module = new URL("./end-with-npm.js", import.meta.url).href;
    const program = `
      const { endWithNpm } = await import(${JSON.stringify(module)});
      endWithNpm();
      require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
      setInterval(() => {}, 1000);`;
    const started = `(async () => {${program}})()`;
    const npm = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(
      started,
    )}], { detached: true, stdio: "ignore" }); setInterval(() => {}, 1000);`;
    const env = { ...process.env, npm_lifecycle_event: "start" };
    const parent = spawn(process.execPath, ["-e", npm], { env, stdio: "ignore" });
    const pid = Number(await fileText(pidFile));

    parent.kill("SIGKILL");
    expect(await isGone(pid)).toBe(true);
  });
});

async function fileText(path: string): Promise<string> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    try {
      const text = readFileSync(path, "utf8");
      if (text !== "") return text;
    } catch {
      // Not written yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`unable to read ${path}; it was never written`);
}

async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 250; attempt += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
