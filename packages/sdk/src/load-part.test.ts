import { describe, expect, it } from "vitest";
import { loadPart } from "./load-part.js";

const CHUNK = "https://site.example/chunk.js?v=3";

/** A part that fails with these errors, one after the other, and is there then. */
function failing(...messages: readonly string[]) {
  const asked: string[] = [];
  const load = (address: string): Promise<string> => {
    asked.push(address);
    const message = messages[asked.length - 1];
    return message === undefined ? Promise.resolve("part") : Promise.reject(new TypeError(message));
  };
  return { asked, part: loadPart(() => load("first"), load) };
}

async function askTimes(part: () => Promise<string>, times: number): Promise<string[]> {
  const answers: string[] = [];
  for (let time = 0; time < times; time += 1) {
    answers.push(await part().catch((error: unknown) => String(error)));
  }
  return answers;
}

describe("a part that is loaded later", () => {
  it.each([
    `Failed to fetch dynamically imported module: ${CHUNK}`,
    `error loading dynamically imported module: ${CHUNK}`,
  ])("gets another address each time after %s", async (message) => {
    const { asked, part } = failing(message, message);
    expect(await askTimes(part, 4)).toEqual([
      `TypeError: ${message}`,
      `TypeError: ${message}`,
      "part",
      "part",
    ]);
    const second = `${CHUNK}&again=2`;
    expect(asked).toEqual(["first", `${CHUNK}&again=1`, second, second]);
  });

  it.each([
    "Importing a module script failed.",
    "Loading chunk 5 failed. (error: https://site.example/5.js)",
    "Cannot find module '/app/chunk.js'",
  ])("is asked for as before after %s", async (message) => {
    const { asked, part } = failing(message);
    expect(await askTimes(part, 2)).toEqual([`TypeError: ${message}`, "part"]);
    expect(asked).toEqual(["first", "first"]);
  });
});
