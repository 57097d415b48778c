import { describe, expect, it } from "vitest";
import { opIdSchema } from "../protocol/ids.js";
import { SeededRandom } from "../testing/seeded-random.js";
import { makeHexId, makeOpId } from "./make-id.js";

describe("makeOpId", () => {
  it("[W5] makes UUIDv7 in lower-case canonical text", () => {
    const random = new SeededRandom("ids");
    for (let count = 0; count < 500; count += 1) {
      const id = makeOpId(random.number() * 2 ** 44, random);
      expect(opIdSchema.safeParse(id).success, id).toBe(true);
    }
  });

  it("[W5] begins with the milliseconds, so that later ids sort later", () => {
    const random = new SeededRandom("ids");
    expect(makeOpId(0x01890a5dac96, random).slice(0, 13)).toBe("01890a5d-ac96");
    expect(makeOpId(1_000.7, random) < makeOpId(1_002, random)).toBe(true);
  });

  it("[O1] makes no id twice in one millisecond", () => {
    const random = new SeededRandom("ids");
    const ids = Array.from({ length: 2_000 }, () => makeOpId(1, random));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("makeHexId", () => {
  it("gives two digits for each byte", () => {
    expect(makeHexId(16, new SeededRandom(1))).toMatch(/^[0-9a-f]{32}$/);
  });
});
