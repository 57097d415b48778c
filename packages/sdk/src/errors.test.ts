import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ChatError, codeBy, errorFromCode, isChatError } from "./errors.js";
import { ERROR_CODES, isErrorCode, type ErrorCode } from "./protocol/error-codes.js";
import { nackCodeSchema } from "./protocol/operations.js";

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

/** Every code the SDK's own sources raise by name. */
function raisedCodes(): readonly string[] {
  const root = import.meta.dirname;
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/\.(test|contract)\.ts$/.test(path))
    .flatMap((path) => [
      ...readFileSync(join(root, path), "utf8").matchAll(
        /(?:errorFromCode|new ChatError)\(\s*"([^"]+)"/g,
      ),
    ])
    .map(([, code]) => code ?? "");
}

describe("the table of errors", () => {
  it("has every code the SDK raises", () => {
    const raised = raisedCodes();
    expect(raised.length).toBeGreaterThan(10);
    expect(raised.filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it("[O5] has every reason for which an op is refused", () => {
    expect(nackCodeSchema.options.filter((code) => !isErrorCode(code))).toEqual([]);
  });

  it.each(CODES)("gives %s a retry class and a sentence that reads within another", (code) => {
    const { retry, sentence } = ERROR_CODES[code];
    expect(["never", "later", "reconnect", "refresh-token"]).toContain(retry);
    expect(sentence).toMatch(/^[A-Z].*[a-z]\.$/);
    const error = errorFromCode(code, "do it");
    expect(error.message).toBe(
      `unable to do it; ${sentence.charAt(0).toLowerCase()}${sentence.slice(1, -1)}`,
    );
    expect(error).toMatchObject({ code, retry, details: { code } });
  });

  it("knows the codes of closes and statuses", () => {
    expect([codeBy("closeCode", 4500), codeBy("httpStatus", 429), codeBy("closeCode", 1)]).toEqual([
      "unauthenticated",
      "rate_limited",
      undefined,
    ]);
  });
});

describe("ChatError", () => {
  it("is recognised across two copies of the package", async () => {
    vi.resetModules();
    const copy = await import("./errors.js");
    const foreign = copy.errorFromCode("forbidden", "do it");
    expect(foreign).not.toBeInstanceOf(ChatError);
    expect(isChatError(foreign)).toBe(true);
    expect(copy.isChatError(errorFromCode("invalid", "do it"))).toBe(true);
  });

  it.each([
    [undefined],
    ["ChatError"],
    [{ name: "ChatError", code: "invalid" }],
    [new Error("ChatError")],
    [Object.assign(new Error("x"), { name: "ChatError", code: "toString" })],
  ])("is not %o", (value) => {
    expect(isChatError(value)).toBe(false);
  });

  it("keeps a code it does not know in the details", () => {
    const error = errorFromCode("of_the_future", "do it", { details: { seq: 1 } });
    expect(error).toMatchObject({ code: "internal", details: { code: "of_the_future", seq: 1 } });
  });
});
