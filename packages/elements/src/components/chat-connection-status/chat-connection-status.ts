import type { ConnectionState } from "@confab/sdk";
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from "lit";
import { property } from "../../property.js";
import { ChatElement } from "../../chat-element.js";
import { Announcer } from "../../controllers/announcer.js";
import { TickController } from "../../controllers/tick-controller.js";
import { ChatAuthRequiredEvent } from "../../events/chat-auth-required.js";
import { ChatReconnectEvent } from "../../events/chat-reconnect.js";
import type { TextKey } from "../../i18n/en.js";
import { clock } from "../../platform/clock.js";
import { buttonStyles } from "../../styles/button.styles.js";
import { icons } from "../../styles/icons.js";
import { statusStyles } from "./chat-connection-status.styles.js";
import { connectionBanner, type ConnectionBanner } from "./connection-banner.js";

const SENTENCES = {
  offline: "conn.offline",
  reconnecting: "conn.reconnecting",
  unreachable: "conn.unreachable",
  back: "conn.back",
  expired: "conn.expired",
  version: "conn.version",
  closed: "conn.closed",
} as const satisfies Record<string, TextKey>;

/**
 * Says when the connection is away for longer than a moment, and offers the one thing to do about
 * it. Silent otherwise.
 *
 * @fires chat-reconnect - somebody does not want to wait for the next attempt
 * @fires chat-auth-required - somebody wants to sign in again
 * @csspart banner
 */
export class ChatConnectionStatus extends ChatElement {
  static override styles: CSSResultGroup = [ChatElement.styles, buttonStyles, statusStyles];

  /** The state of the connection, as the SDK gives it. */
  @property({ attribute: false }) state: ConnectionState | undefined;

  /** Leaves the seconds to the next attempt out. */
  @property({ type: Boolean, attribute: "without-countdown" }) withoutCountdown = false;

  readonly #tick = new TickController(this);
  #banner: ConnectionBanner = { kind: "none" };
  #lostAt: number | undefined;
  #backAt: number | undefined;
  #wasEverLive = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const now = clock.now();
    if (changed.has("state")) this.#follow(now);
    const { banner, nextMs } = connectionBanner(this.state, {
      now,
      wasEverLive: this.#wasEverLive,
      ...(this.#lostAt === undefined ? {} : { lostAt: this.#lostAt }),
      ...(this.#backAt === undefined ? {} : { backAt: this.#backAt }),
    });
    if (banner.kind !== this.#banner.kind) this.#announce(banner);
    this.#banner = banner;
    this.#tick.in(nextMs);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { kind } = this.#banner;
    if (kind === "none") return nothing;
    return html`<div class="banner ${kind}" part="banner">
      ${kind === "back" ? icons.check : icons.offline}
      <span>${this.text(SENTENCES[kind])}${this.#countdown()}</span>
      ${this.#action()}
    </div>`;
  }

  #follow(now: number): void {
    if (this.state?.status !== "live") {
      this.#lostAt ??= now;
      this.#backAt = undefined;
      return;
    }
    if (this.#banner.kind !== "none" && this.#wasEverLive) this.#backAt = now;
    this.#lostAt = undefined;
    this.#wasEverLive = true;
  }

  /** Counts for the eye only: read out every second it would drown everything else. */
  #countdown(): unknown {
    const retryAt = "retryAt" in this.#banner ? this.#banner.retryAt : undefined;
    if (retryAt === undefined) return nothing;
    const seconds = Math.ceil((retryAt - clock.now()) / 1000);
    if (seconds < 1 || this.withoutCountdown) return nothing;
    return html` <span class="countdown" aria-hidden="true"
      >${this.text("conn.in", { count: seconds })}</span
    >`;
  }

  #action(): unknown {
    switch (this.#banner.kind) {
      case "reconnecting":
      case "unreachable":
      case "closed":
        return this.#button("conn.retry", () => new ChatReconnectEvent().requestFrom(this));
      case "expired":
        return this.#button("conn.signin", () => new ChatAuthRequiredEvent().requestFrom(this));
      case "version":
        return this.#button("conn.reload", () => {
          location.reload();
        });
      default:
        return nothing;
    }
  }

  #button(label: TextKey, action: () => unknown): TemplateResult {
    return html`<button type="button" class="link-button" @click=${action}>
      ${this.text(label)}
    </button>`;
  }

  #announce(banner: ConnectionBanner): void {
    if (banner.kind === "none") return;
    Announcer.of(this.ownerDocument).say(this.text(SENTENCES[banner.kind]));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "chat-connection-status": ChatConnectionStatus;
  }
}
