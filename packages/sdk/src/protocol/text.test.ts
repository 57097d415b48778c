import { describe, expect, it } from "vitest";
import { LIMITS } from "./limits.js";
import { codePointCount, textProblem, utf8Length } from "./text.js";

describe("textProblem", () => {
  it("[W6] accepts text of any script, with line feeds and tabs", () => {
    for (const text of ["a", "Grüße\n\tdamit", "日本語", "👩‍👩‍👧 family", "ok\u200b"]) {
      expect(textProblem(text)).toBeUndefined();
    }
  });

  it("[W6] refuses nothing but white space, controls, half characters and text not in NFC", () => {
    expect(textProblem("")).toBe("empty");
    expect(textProblem(" \n\t\u00a0")).toBe("empty");
    for (const text of ["a\u0000", "a\rb", "\u001b[1m", "a\ud800", "\udc00b", "e\u0301"]) {
      expect(textProblem(text)).toBe("invalid");
    }
  });

  it("[W6] takes a body that nobody could see for empty, not one that joins what is seen", () => {
    for (const text of ["\u200b", "\u2060\u200d\ufeff", "\u3164", "\ufe0f", " \u00ad\n\u202e"]) {
      expect(textProblem(text)).toBe("empty");
    }
    for (const text of ["👩‍👩‍👧", "❤️", "\u200ba", "می‌خواهم"]) {
      expect(textProblem(text)).toBeUndefined();
    }
  });

  it("[W6] counts code points and bytes, not UTF-16 units", () => {
    const most = LIMITS.bodyMaxCodePoints;
    expect(textProblem("é".repeat(most))).toBeUndefined();
    expect(textProblem("é".repeat(most + 1))).toBe("too_large");
    expect(textProblem("👋".repeat(most))).toBeUndefined();
    expect(codePointCount("👋a")).toBe(2);
  });

  it("[H3] takes the limits it is given", () => {
    expect(textProblem("abc", { bodyMaxCodePoints: 2, bodyMaxBytes: 99 })).toBe("too_large");
    expect(textProblem("éé", { bodyMaxCodePoints: 9, bodyMaxBytes: 3 })).toBe("too_large");
    expect(textProblem("éé", { bodyMaxCodePoints: 2, bodyMaxBytes: 4 })).toBeUndefined();
  });

  it("measures UTF-8 as an encoder does", () => {
    for (const text of ["", "a", "é", "€", "👋", "a€👋é"]) {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }
  });
});
