import type { Room } from "@confab/sdk";
import { ChatErrorEvent } from "../../events/chat-error.js";
import { ChatAuthRequiredEvent } from "../../events/chat-auth-required.js";
import { ChatDiscardEvent } from "../../events/chat-discard.js";
import { ChatGuestJoinEvent } from "../../events/chat-guest-join.js";
import { ChatHistoryRequestEvent } from "../../events/chat-history-request.js";
import { ChatReconnectEvent } from "../../events/chat-reconnect.js";
import { ChatRetryEvent } from "../../events/chat-retry.js";
import { ChatSendEvent } from "../../events/chat-send.js";
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

  handleEvent(event: Event): void {
    if (event instanceof ChatSendEvent) this.#send(event);
    else if (event instanceof ChatRetryEvent) this.#retry(event);
    else if (event instanceof ChatDiscardEvent) this.#discard(event);
    else if (event instanceof ChatHistoryRequestEvent) this.#loadOlder(event);
    else if (event instanceof ChatGuestJoinEvent) this.#join(event);
    else if (event instanceof ChatReconnectEvent) {
      event.respondWith(() => this.#host.access?.chat?.connect());
    } else if (event instanceof ChatAuthRequiredEvent) {
      event.respondWith(() => this.#host.access?.renew());
    }
  }

  #send(event: ChatSendEvent): void {
    event.respondWith(() => {
      this.#host.followed?.send(event.detail.draft.text).settled.catch(shownInList);
      this.#host.scrollToLatest();
    });
  }

  #retry(event: ChatRetryEvent): void {
    const { id } = event.detail.message;
    event.respondWith(() => {
      this.#host.followed?.retry(id).settled.catch(shownInList);
    });
  }

  /** What was written is not lost: it goes back to the field. */
  #discard(event: ChatDiscardEvent): void {
    const { id, body } = event.detail.message;
    event.respondWith(() => {
      this.#host.followed?.discard(id);
      this.#host.offerDraft(body);
    });
  }

  #loadOlder(event: ChatHistoryRequestEvent): void {
    event.respondWith(() => {
      this.#host.followed?.loadOlder().catch((error: unknown) => {
        this.#host.dispatchEvent(new ChatErrorEvent(error));
      });
    });
  }

  #join(event: ChatGuestJoinEvent): void {
    event.respondWith(() => {
      void this.#host.join(event.detail.name);
    });
  }
}

/** The message stands in the list with its reason; there is nobody else to tell. */
function shownInList(): void {
  // Nothing more to do.
}
