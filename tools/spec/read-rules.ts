/** A rule of the protocol page. */
export interface SpecRule {
  /** Such as `L3`. */
  readonly id: string;
  readonly line: number;
  readonly text: string;
}

const RULE_LINE = /^- \[([A-Z]\d+)\] (.+)$/;

/** Reads the rules off `docs/reference/protocol.md`: the lines `- [L3] …`, duplicates included. */
export function readRules(page: string): SpecRule[] {
  return page.split("\n").flatMap((line, index) => {
    const [, id, text] = RULE_LINE.exec(line) ?? [];
    return id === undefined || text === undefined ? [] : [{ id, text, line: index + 1 }];
  });
}
