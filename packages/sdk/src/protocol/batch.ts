import { LIMITS } from "./limits.js";
import { utf8Length } from "./text.js";

/**
 * Packs encoded frames into WebSocket messages: JSON arrays of at most 64 frames or 32 KiB, in the
 * given order. [W2]
 */
export function packBatches(encodedFrames: readonly string[]): string[] {
  const messages: string[] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const frame of encodedFrames) {
    const frameBytes = utf8Length(frame) + 1;
    const isFull =
      batch.length === LIMITS.batchMaxFrames || bytes + frameBytes > LIMITS.batchMaxBytes;
    if (batch.length > 0 && isFull) {
      messages.push(`[${batch.join(",")}]`);
      batch = [];
      bytes = 0;
    }
    batch.push(frame);
    bytes += frameBytes;
  }
  if (batch.length > 0) messages.push(`[${batch.join(",")}]`);
  return messages;
}
