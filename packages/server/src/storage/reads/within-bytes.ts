/** Bytes a frame or row has besides its bulk: ids, numbers and field names. */
export const FRAME_OVERHEAD_BYTES = 256;

/** The first items whose sizes fit together; always at least one. */
export function withinBytes<Item>(
  items: readonly Item[],
  maxBytes: number,
  bulk: (item: Item) => string,
): Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += Buffer.byteLength(bulk(item)) + FRAME_OVERHEAD_BYTES;
    return index > 0 && bytes > maxBytes;
  });
  return end === -1 ? [...items] : items.slice(0, end);
}
