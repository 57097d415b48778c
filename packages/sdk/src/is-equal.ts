/**
 * Whether two plain values look the same: fields of plain objects are compared, everything else (an
 * error, a list) by identity.
 */
export function isEqual(left: unknown, right: unknown): boolean {
  if (!isPlain(left) || !isPlain(right)) return left === right;
  const keys = Object.keys({ ...left, ...right });
  return left === right || keys.every((key) => isEqual(left[key], right[key]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value instanceof Object && Object.getPrototypeOf(value) === Object.prototype;
}
