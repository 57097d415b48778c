/**
 * Whether two plain values look the same: fields of plain objects and entries of lists are
 * compared, everything else (an error, a map) by identity.
 */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((it, index) => isEqual(it, right[index]));
  }
  if (!isPlain(left) || !isPlain(right)) return false;
  const fields = Object.keys(left);
  return (
    fields.length === Object.keys(right).length &&
    fields.every((field) => isEqual(left[field], right[field]))
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value instanceof Object && Object.getPrototypeOf(value) === Object.prototype;
}
