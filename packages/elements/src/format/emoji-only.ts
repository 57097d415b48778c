const EMOJI_PARTS =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f)+$/u;
const SHOWN_AS_EMOJI = /\p{Emoji_Presentation}|\p{Regional_Indicator}{2}|\ufe0f/u;
const MAX_EMOJI = 3;
/** Longer than any three emoji; longer texts are not looked at. */
const MAX_LENGTH = 96;

/** True for a text of one to three emoji and nothing else, which is shown large. */
export function isEmojiOnly(text: string): boolean {
  const signs = text.length <= MAX_LENGTH ? text.trim() : "";
  if (!EMOJI_PARTS.test(signs)) return false;
  const graphemes = [...new Intl.Segmenter().segment(signs)];
  return (
    graphemes.length <= MAX_EMOJI && graphemes.every(({ segment }) => SHOWN_AS_EMOJI.test(segment))
  );
}
