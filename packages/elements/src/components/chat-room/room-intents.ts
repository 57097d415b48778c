import type { Operation, Room, TimelineMessage } from "@confab/sdk";
import { ChatErrorEvent } from "../../events/chat-error.js";
import type { ChatIntentEvent } from "../../events/chat-intent.js";
import type { ChatAccess } from "../../identity/chat-access.js";

/** The room element as its intents see it. */
export interface IntentHost extends HTMLElement {
  readonly followed: Room | undefined;
  readonly access: ChatAccess | undefined;
  /** Puts a text back into the field, unless something stands there. */
  offerDraft(text: string): void;
  join(name: string): Promise<void>;
}

/** What happens in the room element besides the call. */
export interface IntentEffects {
  /** Something was written: nothing before it is new any more. */
  wrote(): void;
  edit(message: TimelineMessage): void;
  /** Tells why something asked for did not happen. */
  explain(error: unknown): void;
}

type Intents = {
  readonly [
    Name in keyof HTMLElementEventMap as HTMLElementEventMap[Name] extends ChatIntentEvent
      ? Name
      : never
  ]: (event: HTMLElementEventMap[Name]) => void;
};

/**
 * Turns what the parts of a room ask for into calls of the SDK, once the page had its say. Every
 * intent there is has its line here.
 */
export function answerIntents(host: IntentHost, effects: IntentEffects): void {
  const room = (): Room | undefined => host.followed;
  const intents: Intents = {
    "chat-send": ({ detail }) => {
      shownInList(room()?.send(detail.draft.text));
      effects.wrote();
    },
    "chat-edit": ({ detail }) => shownInList(room()?.edit(detail.message.id, detail.draft.text)),
    "chat-edit-start": ({ detail }) => effects.edit(detail.message),
    "chat-delete": ({ detail }) => told(() => room()?.delete(detail.message.id)),
    "chat-react": ({ detail: { message, emoji, on } }) =>
      told(() => (on ? room()?.react(message.id, emoji) : room()?.unreact(message.id, emoji))),
    "chat-retry": ({ detail }) => shownInList(room()?.retry(unsentOf(detail.message).id)),
    "chat-discard": ({ detail }) => discard(host, unsentOf(detail.message)),
    "chat-typing": () => room()?.typing(),
    "chat-read": ({ detail }) => room()?.markRead(detail.seq),
    "chat-history-request": () => {
      room()
        ?.loadOlder()
        .catch((error: unknown) => host.dispatchEvent(new ChatErrorEvent(error)));
    },
    "chat-reconnect": () => host.access?.chat?.connect(),
    "chat-auth-required": () => host.access?.renew(),
    "chat-guest-join": ({ detail }) => void host.join(detail.name),
  };
  host.addEventListener("chat-draft", ({ detail }) => room()?.setDraft(detail.text));
  for (const [name, answer] of Object.entries(intents)) {
    host.addEventListener(name, (event) => {
      (event as Event & Pick<ChatIntentEvent, "respondWith">).respondWith(() =>
        answer(event as never),
      );
    });
  }

  /** What fails leaves no trace in the list, so it is told under the field. */
  function told(act: () => Operation | undefined): void {
    const explain = (error: unknown): void => {
      effects.explain(error);
      host.dispatchEvent(new ChatErrorEvent(error));
    };
    try {
      act()?.settled.catch(explain);
    } catch (error) {
      explain(error);
    }
  }
}

/**
 * What was written is not lost: it goes back to the field of its room. Not before it is certain
 * that it was not sent, or somebody would send it twice. [O11]
 */
function discard(host: IntentHost, { id, body, isOver }: Unsent): void {
  const room = host.followed;
  const giveBack = (): void => {
    if (host.followed === room) host.offerDraft(body);
    else if (room?.$draft.get() === "") room.setDraft(body);
  };
  const operation = room?.discard(id);
  operation?.$status.subscribe(({ status }) => {
    if (status === "failed") giveBack();
  });
  // What another tab was refused is certain too.
  if (!operation && isOver) giveBack();
}

/** What was not sent; it is over when there is no question any more whether it was. */
interface Unsent {
  readonly id: string;
  readonly body: string;
  readonly isOver: boolean;
}

/** A message that was not sent, or the new text of one that was. */
function unsentOf(message: TimelineMessage): Unsent {
  const { delivery, failedEdit } = message;
  if (delivery.status === "sent" && failedEdit) return { ...failedEdit, isOver: true };
  const { id, body } = message;
  return { id, body, isOver: delivery.status === "failed" };
}

/** The message stands in the list with its reason; there is nobody else to tell. */
function shownInList(operation: Operation | undefined): void {
  operation?.settled.catch(() => undefined);
}
