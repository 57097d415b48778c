/** Seeds that once found something, by the story of what they found. Each runs in every test. */
export const REGRESSIONS: readonly { readonly seed: string; readonly story: string }[] = [
  { seed: "211", story: "a commit lost its answer, and followers never heard of its last event" },
  { seed: "492", story: "the same, in a room where nothing else was ever said" },
  {
    seed: "1002841",
    story: "ops were stored behind one whose room could not be looked up, and overtook it",
  },
];
