/**
 * Seeds that meet what the simulation once found, by its story. Each runs in every test, and the
 * mutant of the same name brings the bug back. When the swarm changes, seeds lose their meaning:
 * the mutation gate then tells which seed meets the bug now.
 */
export const REGRESSIONS: readonly { readonly seed: string; readonly story: string }[] = [
  {
    seed: "100",
    story: "lost-answer: a commit lost its answer, and followers never heard of its event",
  },
  {
    seed: "925",
    story: "unlooked-room: ops were stored behind one whose room could not be looked up",
  },
  {
    seed: "2002299",
    story: "a commit lost its answer while a follower was reading the log as it was before",
  },
];
