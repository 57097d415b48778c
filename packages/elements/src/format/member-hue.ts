/** How many colours members are told apart by. */
export const HUE_COUNT = 8;

/**
 * The colour of a member, 0 to 7, from the id and never from the name: a rename keeps it, an
 * impostor does not get it.
 */
export function memberHue(userId: string): number {
  // FNV-1a, because it spreads ids that differ only in their last letters.
  let hash = 0x811c9dc5;
  for (let index = 0; index < userId.length; index += 1) {
    hash = Math.imul(hash ^ userId.charCodeAt(index), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % HUE_COUNT;
}
