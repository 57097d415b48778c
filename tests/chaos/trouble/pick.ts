/** The entry a number from the schedule stands for, whatever the length of the list. */
export function pick<Entry>(list: readonly Entry[], number: number): Entry {
  return list[number % list.length] as Entry;
}
