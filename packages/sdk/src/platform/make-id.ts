import type { Random } from "./random.js";

/** A UUIDv7 in lower-case canonical text: 48 bits of Unix milliseconds, then chance. [W5] [O1] */
export function makeOpId(now: number, random: Random): string {
  const time = Math.max(0, Math.floor(now)).toString(16).padStart(12, "0").slice(-12);
  const chance = makeHexId(10, random);
  const variant = (8 + (Number.parseInt(chance.charAt(3), 16) & 3)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${chance.slice(0, 3)}`,
    variant + chance.slice(4, 7),
    chance.slice(7, 19),
  ].join("-");
}

/** That many random bytes as lower-case hex digits. */
export function makeHexId(byteCount: number, random: Random): string {
  return Array.from(random.bytes(byteCount), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
