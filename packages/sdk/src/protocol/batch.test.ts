import { describe, expect, it } from "vitest";
import { packBatches } from "./batch.js";
import { LIMITS } from "./limits.js";

const frame = (size: number): string => JSON.stringify({ t: "x", pad: "x".repeat(size) });

describe("packBatches", () => {
  it("[W2] makes arrays of at most 64 frames and 32 KiB, in the given order", () => {
    const frames = Array.from({ length: 200 }, (_, index) => frame(index * 9));
    const messages = packBatches(frames);
    expect(messages.flatMap((message) => JSON.parse(message) as unknown[])).toEqual(
      frames.map((it) => JSON.parse(it) as unknown),
    );
    for (const message of messages) {
      expect((JSON.parse(message) as unknown[]).length).toBeLessThanOrEqual(LIMITS.batchMaxFrames);
      expect(message.length).toBeLessThanOrEqual(LIMITS.batchMaxBytes + 2);
    }
  });

  it("[W2] makes one array of what fits into one, and none of nothing", () => {
    expect(packBatches([frame(1), frame(2)])).toEqual([`[${frame(1)},${frame(2)}]`]);
    expect(packBatches(Array.from({ length: 65 }, () => frame(1)))).toHaveLength(2);
    expect(packBatches([])).toEqual([]);
  });

  it("[W2] sends a frame larger than a batch alone", () => {
    const large = frame(LIMITS.batchMaxBytes);
    expect(packBatches([frame(1), large, frame(2)])).toEqual([
      `[${frame(1)}]`,
      `[${large}]`,
      `[${frame(2)}]`,
    ]);
  });
});
