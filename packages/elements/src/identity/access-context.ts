import type { ChatAccess } from "./chat-access.js";

/** What a `<chat-provider>` gives to the rooms inside it. */
export interface ProvidedAccess extends ChatAccess {
  readonly locale: string | undefined;
  readonly timeZone: string | undefined;
}

/** Takes what is provided now and whenever it changes, until `stop` is called. */
export type AccessListener = (access: ProvidedAccess | undefined, stop?: () => void) => void;

/** A named symbol, so that two copies of this package on one page understand each other. */
export const ACCESS_CONTEXT = Symbol.for("confab.access.v1");

/** What the context protocol asks with; other makers' consumers may ask for other things. */
export interface ContextRequest extends Event {
  readonly context: unknown;
  readonly callback: AccessListener;
  /** Whether it wants to hear of changes too. */
  readonly subscribe?: boolean;
}

/**
 * Asks whoever is above for their access. This is the event of the context protocol that web
 * components of many makers share, so their providers and consumers work with ours.
 */
export class AccessRequestEvent extends Event implements ContextRequest {
  readonly context = ACCESS_CONTEXT;
  readonly subscribe = true;
  readonly contextTarget: Element;
  readonly callback: AccessListener;

  constructor(contextTarget: Element, callback: AccessListener) {
    super("context-request", { bubbles: true, composed: true });
    this.contextTarget = contextTarget;
    this.callback = callback;
  }
}

declare global {
  interface HTMLElementEventMap {
    "context-request": ContextRequest;
  }
}
