/**
 * Whether two plain values look the same: fields of plain objects are compared, everything else (an
 * error, a list) by identity.
 */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right || !isPlain(left) || !isPlain(right)) return left === right;
  const fields = Object.keys(left);
  return (
    fields.length === Object.keys(right).length &&
    fields.every((field) => isEqual(left[field], right[field]))
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value instanceof Object && Object.getPrototypeOf(value) === Object.prototype;
}
