import { is, Param, Placeholder } from "drizzle-orm";
import type { Database } from "../database.js";

/** A statement as the query builder has it. */
interface Built {
  toSQL(): { readonly sql: string; readonly params: readonly unknown[] };
}

/** What may stand for a placeholder: what SQLite stores as it is. */
export type Values = Readonly<Record<string, string | number | null | undefined>>;

/** A statement that runs without the query builder. */
export interface Compiled<Row> {
  /** How many rows it has changed. */
  run(values: Values): number;
  /** The first row, with the names of its columns. */
  get(values: Values): Row | undefined;
}

/**
 * Compiles a statement that runs for every message: the query builder writes it once, and then
 * stands aside, since looking for its placeholders takes longer than the statement itself.
 */
export function compile<Row = never>({ handle }: Database, built: Built): Compiled<Row> {
  const { sql, params } = built.toSQL();
  const statement = handle.prepare<unknown[], Row>(sql);
  const names = params.map(nameOf);

  function fill(values: Values): unknown[] {
    return names.map((name, index) => (name === undefined ? params[index] : values[name]));
  }

  return {
    run: (values) => statement.run(fill(values)).changes,
    get: (values) => statement.get(fill(values)),
  };
}

/** The name a parameter waits for; nothing when its value is known. */
function nameOf(param: unknown): string | undefined {
  const inner: unknown = is(param, Param) ? param.value : param;
  return is(inner, Placeholder) ? inner.name : undefined;
}
