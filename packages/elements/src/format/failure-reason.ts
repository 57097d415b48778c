import { en, type TextKey } from "../i18n/en.js";
import type { Translate } from "../i18n/translate.js";

/**
 * Why something was refused, in words for the person who asked. A code without words of its own
 * gets general ones.
 */
export function failureReason(code: string, translate: Translate): string {
  const key = `reason.${code}`;
  return translate(isTextKey(key) ? key : "reason.other");
}

function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}
