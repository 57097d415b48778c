import { html, type ReactiveControllerHost, type TemplateResult } from "lit";
import { ChatErrorEvent } from "../../events/chat-error.js";
import { joinProblem } from "../../format/join-problem.js";
import type { Translate } from "../../i18n/translate.js";
import type { ChatAccess } from "../../identity/chat-access.js";

type Guest = NonNullable<ChatAccess["guest"]>;

/** A visitor becomes a guest: the form in place of the room, and what came of it. */
export class GuestJoining {
  readonly #host: ReactiveControllerHost & EventTarget;
  #isBusy = false;
  #problem: unknown;

  constructor(host: ReactiveControllerHost & EventTarget) {
    this.#host = host;
  }

  /** True when it worked; what goes wrong stands under the form. */
  async join(guest: Guest | undefined, name: string): Promise<boolean> {
    this.#show(true, undefined);
    try {
      await guest?.join(name);
      this.#show(false, undefined);
      return true;
    } catch (error) {
      this.#show(false, error);
      this.#host.dispatchEvent(new ChatErrorEvent(error));
      return false;
    }
  }

  form(
    guest: Guest,
    headingLevel: number,
    locale: string | undefined,
    translate: Translate,
  ): TemplateResult {
    return html`<chat-guest-form
      exportparts="guest-form"
      .locale=${locale}
      .name=${guest.lastName}
      .headingLevel=${headingLevel}
      .busy=${this.#isBusy}
      .error=${this.#problem === undefined ? "" : joinProblem(this.#problem, translate)}
    ></chat-guest-form>`;
  }

  #show(isBusy: boolean, problem: unknown): void {
    this.#isBusy = isBusy;
    this.#problem = problem;
    this.#host.requestUpdate();
  }
}
