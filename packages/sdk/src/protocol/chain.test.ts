import { describe, expect, it } from "vitest";
import { EMPTY_CHAIN, nextChain } from "./chain.js";

const VECTORS = [
  ["01890a5d-ac96-774b-bcce-b302099a8057", "4bc7a75a6ffaa0b3"],
  ["01890a5d-ac97-7abc-8def-0123456789ab", "465fffa225f86c24"],
  ["01890a5d-ac98-7000-9000-000000000001", "515136a2fc2e9513"],
] as const;

/** The definition, word for word, with numbers of any size. */
function definedChain(previous: string, id: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(previous + id)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

describe("nextChain", () => {
  it("[L3] gives the chains of the protocol page", () => {
    let chain = EMPTY_CHAIN;
    for (const [id, expected] of VECTORS) {
      chain = nextChain(chain, id);
      expect(chain).toBe(expected);
    }
  });

  it("[L3] is FNV-1a of 64 bits over the previous chain and the id", () => {
    let chain = EMPTY_CHAIN;
    for (let count = 0; count < 500; count += 1) {
      const id = `01890a5d-ac96-7000-8000-${(count * 7_919).toString(16).padStart(12, "0")}`;
      const next = nextChain(chain, id);
      expect(next).toBe(definedChain(chain, id));
      chain = next;
    }
  });

  it("[L3] tells two orders of the same ids apart", () => {
    const [[first], [second]] = VECTORS;
    const forth = nextChain(nextChain(EMPTY_CHAIN, first), second);
    const back = nextChain(nextChain(EMPTY_CHAIN, second), first);
    expect(forth).not.toBe(back);
  });
});
