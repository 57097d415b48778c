import { randomBytes } from "node:crypto";

/** Randomness as the server sees it. The only source of it, so that a simulation can own it. */
export interface Random {
  /** A number in [0, 1). Good for spreading load, not for secrets. */
  number(): number;
  /** That many unpredictable bytes, as lower-case hex. */
  hex(byteCount: number): string;
}

/** The machine's randomness. */
export const systemRandom: Random = {
  number: () => Math.random(),
  hex: (byteCount) => randomBytes(byteCount).toString("hex"),
};
