import type { TimelineItem } from "@confab/sdk";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { spokenMessages } from "../format/spoken-messages.js";
import type { Formatter } from "../format/formatter.js";
import type { Translate } from "../i18n/translate.js";
import { Announcer } from "./announcer.js";
import { MessageSpeech } from "./message-speech.js";

interface VoiceHost extends ReactiveControllerHost, HTMLElement {}

/** Speaks what arrives in a list to screen readers, in the language the list has at that moment. */
export class MessageVoice implements ReactiveController {
  readonly #host: VoiceHost;
  readonly #language: () => { readonly text: Translate; readonly formatter: Formatter };
  readonly #speech: MessageSpeech;

  constructor(host: VoiceHost, language: () => { text: Translate; formatter: Formatter }) {
    this.#host = host;
    this.#language = language;
    this.#speech = new MessageSpeech((messages) => {
      const { text, formatter } = this.#language();
      if (!this.#mayTalk()) return;
      this.#announcer.say(spokenMessages(messages, text, formatter));
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#announcer.leave(this.#host);
  }

  /** Another room: nothing of it is news yet. */
  reset(): void {
    this.#speech.reset();
  }

  /** Takes in a loaded timeline. */
  hear(items: readonly TimelineItem[]): void {
    const failed = this.#speech.hear(items);
    if (failed.length > 0) this.#announcer.say(this.#language().text("say.failed"), "assertive");
  }

  /** The list has the focus: it is the one that speaks. */
  focus(): void {
    this.#announcer.focus(this.#host);
  }

  get #announcer(): Announcer {
    return Announcer.of(this.#host.ownerDocument);
  }

  /** Nobody is told of rooms beside the one in use, or of a page that is not looked at. */
  #mayTalk(): boolean {
    const isVisible = this.#host.ownerDocument.visibilityState === "visible";
    return this.#host.isConnected && isVisible && this.#announcer.isSpeaker(this.#host);
  }
}
