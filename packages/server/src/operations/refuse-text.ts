import { textProblem, type TextLimits } from "@confab/sdk/protocol";
import type { OperationRefusal } from "./operation.js";

/** Why a text is not taken, or nothing. [W6] */
export function refuseText(text: string, limits?: TextLimits): OperationRefusal | undefined {
  const problem = textProblem(text, limits);
  if (problem === undefined) return undefined;
  return problem === "too_large" ? { code: "too_large" } : { code: "invalid", detail: problem };
}
