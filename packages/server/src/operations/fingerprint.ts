import { createHash } from "node:crypto";

/** Hex digits kept of the hash: 128 bits, far beyond accident. */
const FINGERPRINT_DIGITS = 32;

/**
 * Hash of everything an op asks for: its kind and its fields in the order its handler fixes. Not of
 * who asks or what they are called, since a name may change between two attempts. [O4]
 */
export function fingerprint(kind: string, fields: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, ...fields]))
    .digest("hex")
    .slice(0, FINGERPRINT_DIGITS);
}
