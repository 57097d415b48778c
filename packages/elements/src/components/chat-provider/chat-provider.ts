import { css, html, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { property } from "../../property.js";
import { ChatAccessElement } from "../../access-element.js";
import type { ProvidedAccess } from "../../identity/access-context.js";
import { AccessProvider } from "../../controllers/access-provider.js";

/**
 * One server and identity for all rooms inside it, which then need no attributes but `room`.
 * Shows nothing itself.
 *
 * @slot - anything; rooms at any depth find it
 */
export class ChatProvider extends ChatAccessElement {
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }

    :host([theme="light"]) {
      color-scheme: light;
    }

    :host([theme="dark"]) {
      color-scheme: dark;
    }
  `;

  /** `light`, `dark`, or `auto` for what the page says. */
  @property({ reflect: true }) theme: "auto" | "light" | "dark" = "auto";

  readonly #provider = new AccessProvider(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!this.isHere) return;
    const access = this.ownAccess();
    // A new object each time: what changed is inside the access, where the rooms cannot see it
    // change.
    const provided: ProvidedAccess = {
      chat: access.chat,
      guest: access.guest,
      renew: () => {
        access.renew();
      },
      locale: this.locale,
      timeZone: this.timeZone,
    };
    this.#provider.provide(provided);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  protected override left(): void {
    this.#provider.provide(undefined);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-provider": ChatProvider;
  }
}
