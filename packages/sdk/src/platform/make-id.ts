import type { Random } from "./random.js";

/** A UUIDv7 in lower-case canonical text: 48 bits of Unix milliseconds, then chance. [W5] [O1] */
export function makeOpId(now: number, random: Random): string {
  const time = Math.floor(now).toString(16).padStart(12, "0");
  const chance = makeHexId(10, random);
  const variant = "89ab".charAt(Number.parseInt(chance.charAt(19), 16) & 3);
  return `${time}7${chance.slice(0, 3)}${variant}${chance.slice(3, 18)}`.replace(
    /(.{8})(.{4})(.{4})(.{4})/,
    "$1-$2-$3-$4-",
  );
}

/** That many random bytes as lower-case hex digits. */
export function makeHexId(byteCount: number, random: Random): string {
  return Array.from(random.bytes(byteCount), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
