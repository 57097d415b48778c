/** From this share of the limit on, the characters left are shown. */
const NEAR_FROM = 0.8;

/** How close a text of `length` code points is to the longest one allowed. */
export function limitLevel(length: number, maxLength: number): "none" | "near" | "over" {
  if (length > maxLength) return "over";
  return length >= maxLength * NEAR_FROM ? "near" : "none";
}
