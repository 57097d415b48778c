import { describe, expect, it } from "vitest";
import { openDatabaseInMemory } from "./database.js";
import { migrate } from "./migrate.js";
import { LogReader } from "./reads/log-reader.js";
import { ReadingReader } from "./reads/reading-reader.js";
import { RowReader } from "./reads/row-reader.js";
import { createBatchWriter } from "./write-batch.js";

/** Everything readers and the writer ask of the database, as they ask it. */
function collectStatements(): { sql: string; plan: string }[] {
  const database = openDatabaseInMemory();
  migrate(database);
  const { handle } = database;
  const prepare = handle.prepare.bind(handle);
  const asked = new Set<string>();
  handle.prepare = (sql: string) => {
    asked.add(sql);
    return prepare(sql) as never;
  };
  createBatchWriter(database);
  for (const Reader of [LogReader, RowReader, ReadingReader]) new Reader(database);
  return [...asked].map((sql) => {
    const values = [...sql.matchAll(/\?/g)].map(() => 1);
    const steps = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    return { sql, plan: steps.map(({ detail }) => detail).join("\n") };
  });
}

describe("the statements of the storage", () => {
  const statements = collectStatements();

  it("are all here", () => {
    expect(statements.length).toBeGreaterThan(40);
  });

  it.each(statements)("goes through no table: $sql", ({ plan }) => {
    expect(plan).not.toMatch(/SCAN (?!json_each|\(subquery)/);
  });

  it("sort nothing but rooms of one person and reactions of one page", () => {
    const sorting = statements.filter(({ plan }) => plan.includes("TEMP B-TREE"));
    expect(sorting.map(({ sql }) => /from "(\w+)"/.exec(sql)?.[1]).sort()).toEqual([
      "members",
      "reactions",
    ]);
  });
});
