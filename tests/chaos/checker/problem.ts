/** What a checker found. */
export interface Problem {
  /** `lost`, `doubled` and `reordered` are what the whole exercise is about. */
  readonly type: "lost" | "doubled" | "reordered" | "wrong";
  readonly text: string;
}
