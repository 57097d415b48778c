import { render, type TemplateResult } from "lit";

/** One row as it shall stand in the list. */
export interface ListRow {
  readonly key: string;
  /** Everything it shows; the row is drawn again when one of these is another value. */
  readonly shown: readonly unknown[];
  template(): TemplateResult;
}

interface Entry {
  readonly element: HTMLElement;
  shown: readonly unknown[];
}

/**
 * The rows of one element, in order, each drawn by itself into a box of its own: a row keeps its
 * box for as long as it is shown, and what has not changed is not looked at.
 */
export class RowList {
  readonly #entries = new Map<string, Entry>();

  draw(parent: HTMLElement, rows: readonly ListRow[]): void {
    this.#drop(new Set(rows.map((row) => row.key)));
    let next = parent.firstElementChild;
    for (const row of rows) {
      const entry = this.#entryOf(row.key, parent);
      if (entry.element === next) next = next.nextElementSibling;
      else parent.insertBefore(entry.element, next);
      if (isSame(entry.shown, row.shown)) continue;
      entry.shown = row.shown;
      render(row.template(), entry.element);
    }
  }

  #drop(kept: ReadonlySet<string>): void {
    for (const [key, { element }] of this.#entries) {
      if (kept.has(key)) continue;
      element.remove();
      this.#entries.delete(key);
    }
  }

  #entryOf(key: string, parent: HTMLElement): Entry {
    const entry = this.#entries.get(key) ?? {
      element: parent.ownerDocument.createElement("div"),
      shown: [],
    };
    this.#entries.set(key, entry);
    return entry;
  }
}

function isSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && after.every((value, index) => value === before[index]);
}
