/** One place that breaks one rule. */
export interface Finding {
  /** Name of the rule, such as `file-length`; what `exceptions.ts` refers to. */
  readonly rule: string;
  readonly path: string;
  /** Line from 1; 1 when the whole file is meant. */
  readonly line: number;
  /** What stands there, in a few words. */
  readonly what: string;
}
