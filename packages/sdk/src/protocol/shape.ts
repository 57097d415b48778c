/**
 * What a JSON value must look like: a kind, an object with these fields, or a list of one shape (in
 * brackets). `integer` is a safe integer ≥ 0, the only number on the wire. [W6]
 */
export type Shape = "string" | "integer" | "boolean" | "object" | ShapeOfFields | readonly [Shape];

/** Fields by name. */
export interface ShapeOfFields {
  readonly [field: string]: Shape;
}

/**
 * Whether a parsed JSON value has the shape. Fields it does not name are ignored. Never throws.
 * [W3]
 */
export function hasShape(value: unknown, shape: Shape): boolean {
  if (shape === "integer") return Number.isSafeInteger(value) && (value as number) >= 0;
  if (shape === "object") return isRecord(value);
  if (typeof shape === "string") return typeof value === shape;
  if (isList(shape)) return Array.isArray(value) && value.every((it) => hasShape(it, shape[0]));
  return isRecord(value) && Object.keys(shape).every((key) => fieldHasShape(value, key, shape));
}

function fieldHasShape(value: Record<string, unknown>, key: string, shape: ShapeOfFields): boolean {
  const expected = shape[key];
  return expected !== undefined && Object.hasOwn(value, key) && hasShape(value[key], expected);
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
