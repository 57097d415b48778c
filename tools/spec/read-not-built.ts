/** A rule that is agreed on but does not hold yet. */
export interface RuleNotBuilt {
  readonly id: string;
  /** The rest of it holds already, and that rest has tests. */
  readonly isPartlyBuilt: boolean;
}

const ROW = /^(?:\| *|- )\[([A-Z]\d+)\]/;
const PARTLY_BUILT_HEADING = /^#+ Partly built\b/i;

/**
 * Reads `docs/reference/rules-not-built.md`: the rows of its tables that begin with an id. Those
 * below the heading "Partly built" are built in part.
 */
export function readNotBuilt(page: string): RuleNotBuilt[] {
  const rows: RuleNotBuilt[] = [];
  let isPartlyBuilt = false;
  for (const line of page.split("\n")) {
    if (/^#+ /.test(line)) isPartlyBuilt = PARTLY_BUILT_HEADING.test(line);
    const id = ROW.exec(line)?.[1];
    if (id !== undefined) rows.push({ id, isPartlyBuilt });
  }
  return rows;
}
