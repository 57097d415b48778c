import { ERROR_CODES } from "../../packages/sdk/src/protocol/error-codes.js";
import type { ErrorCode } from "../../packages/sdk/src/protocol/error-codes.js";
import { ERROR_NOTES } from "./error-notes.js";

const NOTHING = "";
const HEAD = ["code", "meaning", "retry", "HTTP", "close", "where", "what to do"];

/** Every error there is as a Markdown table, in the order of the code table. */
export function errorTable(): string {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  const rows = [HEAD, HEAD.map(() => "---"), ...codes.map(cellsOf)];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cellsOf(code: ErrorCode): string[] {
  const { retry, sentence, ...numbers } = ERROR_CODES[code];
  const { places, advice } = ERROR_NOTES[code];
  return [
    `\`${code}\``,
    sentence,
    retry,
    "httpStatus" in numbers ? String(numbers.httpStatus) : NOTHING,
    "closeCode" in numbers ? String(numbers.closeCode) : NOTHING,
    places.join(", "),
    advice,
  ];
}
