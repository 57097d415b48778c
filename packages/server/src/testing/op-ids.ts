let count = 0;

/** A new op id in each call, the same ones in every run of a test file. */
export function testOpId(): string {
  count += 1;
  return `01890a5d-ac96-7000-8000-${count.toString(16).padStart(12, "0")}`;
}
