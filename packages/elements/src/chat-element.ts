import { LitElement, type CSSResultGroup, type PropertyValues } from "lit";
import { property } from "./property.js";
import { formatterFor, type Formatter } from "./format/formatter.js";
import { resolveLocale } from "./i18n/resolve-locale.js";
import { translatorFor, type Translate } from "./i18n/translate.js";
import { elementStyles } from "./styles/element.styles.js";
import { tokenStyles } from "./styles/token.styles.js";

/** Language and time zone an element takes over from around it. */
interface Surroundings {
  readonly locale: string | undefined;
  readonly timeZone: string | undefined;
}

/** What all chat elements share: tokens, type, language and custom states. */
export abstract class ChatElement extends LitElement {
  static override styles: CSSResultGroup = [tokenStyles, elementStyles];

  /** Language of texts and times; default the nearest `lang`, else the browser's. */
  @property() locale: string | undefined;

  /** IANA time zone of times and days; default that of the browser. */
  @property({ attribute: "time-zone" }) timeZone: string | undefined;

  /** Texts in this element's language. */
  protected text: Translate = translatorFor();

  /** Times and numbers in this element's language and time zone. */
  protected formatter: Formatter = formatterFor();

  readonly #internals = this.attachInternals();

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** Language and time zone of what surrounds the element, where it has none of its own. */
  protected get surroundings(): Surroundings | undefined {
    return undefined;
  }

  protected get shownLocale(): string | undefined {
    const locale = this.locale ?? this.surroundings?.locale;
    return locale ?? (this.isConnected ? resolveLocale(this) : undefined);
  }

  protected get shownTimeZone(): string | undefined {
    return this.timeZone ?? this.surroundings?.timeZone;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.text = translatorFor(this.shownLocale);
    this.formatter = formatterFor(this.shownLocale, this.shownTimeZone);
  }

  /** Shows exactly these custom states, for `:state(name)` in the page's styles. */
  protected showStates(states: Readonly<Record<string, boolean>>): void {
    for (const [name, isOn] of Object.entries(states)) {
      if (isOn) this.#internals.states.add(name);
      else this.#internals.states.delete(name);
    }
  }
}
