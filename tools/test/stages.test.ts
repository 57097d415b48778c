import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { REPOSITORY } from "../bootstrap/repository.js";
import { walkRepository } from "../tidy/walk-repository.js";
import { STAGES } from "./stages.js";

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
}

function scriptsOf(folder: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(REPOSITORY, folder, "package.json"), "utf8");
  return (JSON.parse(text) as Manifest).scripts ?? {};
}

const workspaces = ["packages", "examples"]
  .flatMap((parent) => readdirSync(join(REPOSITORY, parent)).map((name) => `${parent}/${name}`))
  .concat("tests", "tools")
  .filter((folder) => existsSync(join(REPOSITORY, folder, "package.json")));

it("runs only scripts that exist", () => {
  const scripts = STAGES.flatMap(({ commands }) => commands).filter(
    ([program]) => program === "npm",
  );
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, , script = "", flag, workspace] of scripts) {
    const known = scriptsOf(flag === "-w" && workspace !== undefined ? workspace : ".");
    expect(Object.keys(known)).toContain(script);
  }
});

it("checks the types of every workspace that has some", () => {
  const typed = [...walkRepository(REPOSITORY)]
    .filter(({ path }) => path.endsWith(".ts"))
    .map(({ path }) => path);
  for (const folder of workspaces) {
    if (!typed.some((path) => path.startsWith(`${folder}/`))) continue;
    expect(Object.keys(scriptsOf(folder)), folder).toContain("typecheck");
  }
});

it("gives each stage a name of its own and something to run", () => {
  const names = STAGES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { commands } of STAGES) expect(commands.length).toBeGreaterThan(0);
});
