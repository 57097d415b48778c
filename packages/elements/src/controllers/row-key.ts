/** The key of the row this is, or is inside of. */
export function keyOfRow(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  return target.closest<HTMLElement>("[data-key]")?.dataset["key"];
}
