/** Longest name people see, in UTF-16 units. */
const NAME_MAX_LENGTH = 64;

/** Controls, line separators, and halves of surrogate pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Marks that turn or hide text: a name would lie with them. */
const DECEPTIVE = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** Letters and symbols that look like nothing. */
const BLANK = /[\s\u115f\u1160\u2800\u3164\uffa0]/gu;

/**
 * The name as it will be shown, or nothing when a person must choose another one: empty, too long,
 * or with hidden characters.
 */
export function readName(text: string): string | undefined {
  const name = text.normalize("NFC").trim();
  const isShown = name.replace(BLANK, "") !== "";
  const isHonest = stripHidden(name) === name;
  return isShown && isHonest && name.length <= NAME_MAX_LENGTH ? name : undefined;
}

/** Makes a name of what a host application calls its user; nothing when none of it can be shown. */
export function cleanName(text: string): string | undefined {
  const kept = stripHidden(text.normalize("NFC")).trim();
  return readName(kept.length <= NAME_MAX_LENGTH ? kept : cutName(kept));
}

function stripHidden(text: string): string {
  return text.replace(UNPRINTABLE, "").replace(DECEPTIVE, "");
}

/** Cuts between code points. */
function cutName(name: string): string {
  let cut = "";
  for (const character of name) {
    if (cut.length + character.length > NAME_MAX_LENGTH) break;
    cut += character;
  }
  return cut;
}
