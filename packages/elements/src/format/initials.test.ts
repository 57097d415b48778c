import { expect, it } from "vitest";
import { initials } from "./initials.js";

it("takes the first letters of the first and the last word", () => {
  expect(initials("Ada Augusta Lovelace")).toBe("AL");
  expect(initials("  bo ")).toBe("B");
});

it("takes whole signs, not halves of them", () => {
  expect(initials("👩‍👩‍👧 Family")).toBe("👩‍👩‍👧");
  expect(initials("é́mile zola")).toBe("É́Z");
});

it("takes one sign in scripts without capital letters", () => {
  expect(initials("山田 太郎")).toBe("山");
});

it("gives nothing for a name without letters", () => {
  expect(initials("   ")).toBe("");
});
