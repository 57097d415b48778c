const THREE_EMOJI = emojiPattern();

/** True for a text of one to three emoji and nothing else, which is shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 64 && THREE_EMOJI !== undefined && THREE_EMOJI.test(text.trim());
}

/** The property of strings needs the `v` flag; an engine without it shows emoji at the size of text. */
function emojiPattern(): RegExp | undefined {
  try {
    return new RegExp("^\\p{RGI_Emoji}{1,3}$", "v");
  } catch {
    return undefined;
  }
}
