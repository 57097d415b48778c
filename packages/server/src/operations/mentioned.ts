/** The people an op mentions; a list of nobody means the same as none. [O4] */
export function mentioned(users: readonly string[] | undefined): readonly string[] | undefined {
  return users === undefined || users.length === 0 ? undefined : users;
}
