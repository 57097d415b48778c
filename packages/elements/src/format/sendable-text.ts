// C0 controls except line feed and tab, and halves of surrogate pairs without their other half.
const UNSENDABLE = /[\u0000-\u0008\u000b-\u001f\p{Surrogate}]/gu;

/**
 * A draft as the protocol accepts it: composed (NFC), without control characters, without white
 * space at its end. [W6] Text pasted from a terminal carries such characters; nobody means to
 * send them.
 */
export function sendableText(draft: string): string {
  return draft.replace(/\r\n?/gu, "\n").replace(UNSENDABLE, "").normalize("NFC").trimEnd();
}
