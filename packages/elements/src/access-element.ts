import type { Chat } from "@confab/sdk";
import { property } from "./property.js";
import { ChatElement } from "./chat-element.js";
import { GraceController } from "./controllers/grace-controller.js";
import { AccessController } from "./identity/access-controller.js";
import type { ChatAccess } from "./identity/chat-access.js";
import type { GuestStorageKind } from "./identity/guest-storage.js";
import { scriptOrigin } from "./identity/script-origin.js";
import type { TokenSource } from "./identity/token-sources.js";

/**
 * An element that can be told a server and who its reader is: the provider, and a room without
 * one.
 */
export abstract class ChatAccessElement extends ChatElement {
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "token"];
  }

  /** Origin of the server; default where the script tag's bundle came from, else the page's own. */
  @property() server: string | undefined;

  /**
   * A connect token. As an attribute it is read once and then removed, so that it does not stay
   * in the page.
   */
  @property({ attribute: false }) token: string | undefined;

  /** Address of the page's own server that answers a POST with a connect token. */
  @property({ attribute: "token-url" }) tokenUrl: string | undefined;

  /** Gives a connect token whenever one is needed. */
  @property({ attribute: false }) getToken: TokenSource | undefined;

  /** Where a guest is kept: `session` (the tab), `local` (the browser) or `memory` (the page). */
  @property({ attribute: "guest-storage" }) guestStorage: GuestStorageKind = "session";

  /** A client made by the page; wins over everything else and is never closed from here. */
  @property({ attribute: false }) client: Chat | undefined;

  /** Whether the element is in the document, or was a moment ago. */
  protected get isHere(): boolean {
    return this.#grace.isHere;
  }

  readonly #access = new AccessController(this);
  readonly #grace = new GraceController(this, () => {
    this.left();
    this.#access.close();
  });

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (name !== "token") {
      super.attributeChangedCallback(name, old, value);
    } else if (value !== null) {
      this.token = value;
      this.removeAttribute("token");
    }
  }

  /** Called when the element has left the document for good. */
  protected abstract left(): void;

  /** The access this element itself was told of. */
  protected ownAccess(): ChatAccess {
    if (this.client) {
      this.#access.close();
      return fromPage(this.client);
    }
    this.#access.open({
      server: serverOrigin(this.server),
      getToken: this.getToken,
      token: this.token,
      tokenUrl: this.tokenUrl === undefined ? undefined : absolute(this.tokenUrl),
      guestStorage: this.guestStorage,
      timeZone: this.shownTimeZone,
    });
    return this.#access;
  }

  /** Gives the own access back: another one is used. */
  protected closeOwnAccess(): void {
    this.#access.close();
  }
}

/** The page signs in by itself; all that can be done here is to try again. */
function fromPage(chat: Chat): ChatAccess {
  return {
    chat,
    guest: undefined,
    renew: () => {
      chat.connect();
    },
  };
}

function serverOrigin(server: string | undefined): string {
  if (server) return absolute(server).replace(/\/$/u, "");
  return scriptOrigin() ?? location.origin;
}

function absolute(address: string): string {
  return URL.canParse(address, document.baseURI)
    ? new URL(address, document.baseURI).href
    : address;
}
