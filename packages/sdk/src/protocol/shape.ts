/**
 * What a JSON value must look like: text, a whole number, a truth value, an object with these
 * fields, or a list of one shape (in brackets). Whole numbers are safe integers ≥ 0, the only
 * numbers on the wire. [W6]
 */
export type Shape = "string" | "whole" | "boolean" | ShapeOfFields | readonly [Shape];

/** Fields by name; one whose name ends with `?` may be absent. Others are ignored. [W3] */
export interface ShapeOfFields {
  readonly [field: string]: Shape;
}

/** Whether a value made by `JSON.parse` has the shape. Never throws. */
export function hasShape(value: unknown, shape: Shape): boolean {
  if (shape === "whole") return Number.isSafeInteger(value) && Number(value) >= 0;
  if (typeof shape === "string") return typeof value === shape;
  if (isList(shape)) return Array.isArray(value) && value.every((it) => hasShape(it, shape[0]));
  return (
    isRecord(value) && Object.entries(shape).every(([field, it]) => hasField(value, field, it))
  );
}

function hasField(record: Record<string, unknown>, field: string, shape: Shape): boolean {
  if (!field.endsWith("?")) return hasShape(record[field], shape);
  const value = record[field.slice(0, -1)];
  return value === undefined || hasShape(value, shape);
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
