import type { Clock } from "./clock.js";
import type { Random } from "./random.js";

/** Makes a UUIDv7 in canonical text: 48 bits of Unix milliseconds, then randomness. */
export function makeUuid(clock: Clock, random: Random): string {
  const time = clock.now().toString(16).padStart(12, "0");
  const noise = random.hex(10);
  const variant = ((Number.parseInt(noise.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  const groups = [
    time.slice(0, 8),
    time.slice(8, 12),
    `7${noise.slice(0, 3)}`,
    `${variant}${noise.slice(4, 7)}`,
    noise.slice(7, 19),
  ];
  return groups.join("-");
}
