import type { TimelineMessage } from "@confab/sdk";
import type { Translate } from "../i18n/translate.js";
import type { Formatter } from "./formatter.js";

const MAX_SPOKEN_LENGTH = 200;
const MAX_JOINED = 3;

/**
 * What is said about messages that came together: name first, then the text. More than three, or
 * several authors, become a count: a list read out aloud helps nobody.
 */
export function spokenMessages(
  messages: readonly TimelineMessage[],
  translate: Translate,
  formatter: Formatter,
): string {
  const names = [...new Set(messages.map((message) => message.author.name))];
  const [name] = names;
  if (name !== undefined && names.length === 1 && messages.length <= MAX_JOINED) {
    const text = messages.map((message) => shortened(message.body)).join(". ");
    return translate("say.new", { name, text });
  }
  return translate("say.new.from", { count: messages.length, names: formatter.list(names) });
}

function shortened(body: string): string {
  const line = body.replace(/\s+/gu, " ").trim();
  const letters = Array.from(line);
  if (letters.length <= MAX_SPOKEN_LENGTH) return line;
  return `${letters.slice(0, MAX_SPOKEN_LENGTH).join("")}…`;
}
