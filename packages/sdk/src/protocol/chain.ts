/** Chain of an empty log. [L3] */
export const EMPTY_CHAIN = "0000000000000000";

/**
 * The rolling hash of a log: `chain(n) = FNV-1a-64(chain(n-1) as 16 hex digits, then id(n))` over
 * ASCII bytes. [L3]
 *
 * Two logs with equal `(seq, chain)` have the same prefix. It hashes ids and no bodies, so erasing
 * a text leaves it intact. The 64-bit product is made of four 16-bit limbs, since a JavaScript
 * number holds only 53 bits.
 */
export function nextChain(previous: string, id: string): string {
  const state = new Uint16Array([0x2325, 0x8422, 0x9ce4, 0xcbf2]);
  absorb(state, previous);
  absorb(state, id);
  return limbHex(state[3]) + limbHex(state[2]) + limbHex(state[1]) + limbHex(state[0]);
}

/**
 * FNV-1a: exclusive-or each byte into the state, then multiply by the prime 2^40 + 0x1b3 modulo
 * 2^64.
 */
function absorb(state: Uint16Array, text: string): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let index = 0; index < text.length; index += 1) {
    a ^= text.charCodeAt(index) & 0xff;
    const low = a * 0x1b3;
    const second = b * 0x1b3 + (low >>> 16);
    const third = c * 0x1b3 + (a << 8) + (second >>> 16);
    const fourth = d * 0x1b3 + (b << 8) + (third >>> 16);
    a = low & 0xffff;
    b = second & 0xffff;
    c = third & 0xffff;
    d = fourth & 0xffff;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

function limbHex(limb: number | undefined): string {
  return (limb ?? 0).toString(16).padStart(4, "0");
}
