import type { Room } from "@confab/sdk";
import type { ChatAuthRequiredEvent } from "../../events/chat-auth-required.js";
import type { ChatDiscardEvent } from "../../events/chat-discard.js";
import type { ChatDraftEvent } from "../../events/chat-draft.js";
import { ChatErrorEvent } from "../../events/chat-error.js";
import type { ChatGuestJoinEvent } from "../../events/chat-guest-join.js";
import type { ChatHistoryRequestEvent } from "../../events/chat-history-request.js";
import type { ChatReconnectEvent } from "../../events/chat-reconnect.js";
import type { ChatRetryEvent } from "../../events/chat-retry.js";
import type { ChatSendEvent } from "../../events/chat-send.js";
import type { ChatAccess } from "../../identity/chat-access.js";

/** The room element as its intents see it. */
export interface IntentHost extends EventTarget {
  readonly followed: Room | undefined;
  readonly access: ChatAccess | undefined;
  scrollToLatest(): void;
  /** Puts a text back into the field, unless something stands there. */
  offerDraft(text: string): void;
  join(name: string): Promise<void>;
}

/** Turns what the parts of a room ask for into calls of the SDK, once the page had its say. */
export class RoomIntents {
  readonly #host: IntentHost;

  constructor(host: IntentHost) {
    this.#host = host;
  }

  readonly send = (event: ChatSendEvent): void => {
    event.respondWith(() => {
      this.#host.followed?.send(event.detail.draft.text).settled.catch(shownInList);
      this.#host.scrollToLatest();
    });
  };

  readonly draft = (event: ChatDraftEvent): void => {
    this.#host.followed?.setDraft(event.detail.text);
  };

  readonly retry = (event: ChatRetryEvent): void => {
    event.respondWith(() => {
      this.#host.followed?.retry(event.detail.message.id).settled.catch(shownInList);
    });
  };

  /** What was written is not lost: it goes back to the field. */
  readonly discard = (event: ChatDiscardEvent): void => {
    event.respondWith(() => {
      const { id, body } = event.detail.message;
      this.#host.followed?.discard(id);
      this.#host.offerDraft(body);
    });
  };

  readonly loadOlder = (event: ChatHistoryRequestEvent): void => {
    event.respondWith(() => {
      this.#host.followed?.loadOlder().catch((error: unknown) => {
        this.#host.dispatchEvent(new ChatErrorEvent(error));
      });
    });
  };

  readonly reconnect = (event: ChatReconnectEvent): void => {
    event.respondWith(() => this.#host.access?.chat?.connect());
  };

  readonly signIn = (event: ChatAuthRequiredEvent): void => {
    event.respondWith(() => this.#host.access?.renew());
  };

  readonly join = (event: ChatGuestJoinEvent): void => {
    event.respondWith(() => void this.#host.join(event.detail.name));
  };
}

/** The message stands in the list with its reason; there is nobody else to tell. */
function shownInList(): void {
  // Nothing more to do.
}
