import { ChatError } from "../errors.js";
import { CLOSE_CODES } from "../protocol/close-codes.js";
import { ERROR_CODES, type ErrorCode } from "../protocol/error-codes.js";

/** Terminal close codes that share an error with another code. */
const SHARED_CODES: Readonly<Record<number, ErrorCode>> = {
  [CLOSE_CODES.replaced]: "conflict",
  [CLOSE_CODES.disabled]: "forbidden",
};

/** The error an application sees when the server closed with a code that means stop. */
export function errorFromClose(closeCode: number): ChatError {
  const code = SHARED_CODES[closeCode] ?? rowOf(closeCode) ?? "internal";
  const sentence = ERROR_CODES[code].sentence.replace(/\.$/, "").toLowerCase();
  return new ChatError(code, `unable to stay connected; ${sentence}`, { details: { closeCode } });
}

function rowOf(closeCode: number): ErrorCode | undefined {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  return codes.find((code) => {
    const row = ERROR_CODES[code];
    return "closeCode" in row && row.closeCode === closeCode;
  });
}
