/** Chain of an empty log. [L3] */
export const EMPTY_CHAIN = "0000000000000000";

/**
 * The rolling hash of a log: `chain(n) = FNV-1a-64(chain(n-1) as 16 hex digits, then id(n))` over
 * ASCII bytes. [L3]
 *
 * Two logs with equal `(seq, chain)` have the same prefix. It hashes ids and no bodies, so erasing
 * a text leaves it intact. A JavaScript number holds 53 bits, so the hash is kept in two halves;
 * the prime is 2^40 + 0x1b3, so multiplying by it is one small product and one shift.
 */
export function nextChain(previous: string, id: string): string {
  const text = previous + id;
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let index = 0; index < text.length; index += 1) {
    low = (low ^ (text.charCodeAt(index) & 0xff)) >>> 0;
    const product = low * 0x1b3;
    high = (high * 0x1b3 + low * 0x100 + Math.floor(product / 2 ** 32)) >>> 0;
    low = product >>> 0;
  }
  return halfHex(high) + halfHex(low);
}

function halfHex(half: number): string {
  return half.toString(16).padStart(8, "0");
}
