/** The message rows of a list from top to bottom, searched by halves: they stand in order. */
export interface MessageRows {
  /** The first row that reaches below this height of the window. */
  firstBelow(y: number): HTMLElement | undefined;
  /**
   * The row after that one. It holds the reading position: the first may be cut, and what changes
   * above its edge would move it.
   */
  secondFrom(y: number): HTMLElement | undefined;
  /** The last row that begins above this height of the window. */
  lastAbove(y: number): HTMLElement | undefined;
}

/** Rows of this content; days and loaders are none, since they come and go. */
export function rowsOf(content: HTMLElement): MessageRows {
  const rows = [...content.querySelectorAll<HTMLElement>("[data-key]")];
  const below = (y: number): number =>
    lowerBound(rows, (row) => row.getBoundingClientRect().bottom > y);
  return {
    firstBelow: (y) => rows[below(y)],
    secondFrom: (y) => rows[Math.min(below(y) + 1, rows.length - 1)],
    lastAbove: (y) => rows[lowerBound(rows, (row) => row.getBoundingClientRect().top >= y) - 1],
  };
}

/** Index of the first row the test holds for; rows stand in order, so it holds for all after it. */
function lowerBound(rows: readonly HTMLElement[], test: (row: HTMLElement) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row && test(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}
