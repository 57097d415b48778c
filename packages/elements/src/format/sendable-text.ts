// C0 controls except line feed and tab, and halves of surrogate pairs without their other half.
const UNSENDABLE = /[\u0000-\u0008\u000b-\u001f\p{Surrogate}]/gu;

// What leaves no mark of its own: a bubble of nothing else would be blank.
const INVISIBLE = /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * A draft as the protocol accepts it: composed (NFC), without control characters, without white
 * space at its end; empty when nobody could see any of it. [W6] Text pasted from a terminal carries
 * such characters; nobody means to send them.
 */
export function sendableText(draft: string): string {
  const text = draft.replace(/\r\n?/gu, "\n").replace(UNSENDABLE, "").normalize("NFC");
  return INVISIBLE.test(text) ? "" : text.trimEnd();
}
