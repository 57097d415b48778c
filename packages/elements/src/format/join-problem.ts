import type { Translate } from "../i18n/translate.js";

/** Why somebody could not become a guest, in words for that person. */
export function joinProblem(error: unknown, translate: Translate): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "invalid") return translate("guest.refused");
  if (code === "forbidden" || code === "not_found") return translate("guest.off");
  if (code === "rate_limited") return translate("guest.busy");
  return translate("guest.unreachable");
}
