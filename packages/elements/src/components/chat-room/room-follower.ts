import {
  isChatError,
  type Chat,
  type ConnectionState,
  type Me,
  type Person,
  type Room,
  type RoomState,
  type StatedLimits,
  type TimelineItem,
} from "@confab/sdk";
import type { ReactiveControllerHost } from "lit";
import { StoreController } from "../../controllers/store-controller.js";

const NO_ITEMS: readonly TimelineItem[] = [];
const NO_SERVER = { bodyMaxCodePoints: 4_000, editWindowMs: 0 };
const NOBODY: readonly string[] = [];

/** Follows one room of one client and keeps an element up to date with it. */
export class RoomFollower {
  readonly #connection: StoreController<ConnectionState>;
  readonly #me: StoreController<Me | undefined>;
  readonly #limits: StoreController<StatedLimits>;
  readonly #state: StoreController<RoomState>;
  readonly #timeline: StoreController<readonly TimelineItem[]>;
  readonly #draft: StoreController<string>;
  readonly #typing: StoreController<readonly Person[]>;
  #chat: Chat | undefined;
  #roomId: string | undefined;
  #room: Room | undefined;
  #isImpossible = false;

  constructor(host: ReactiveControllerHost) {
    this.#connection = new StoreController(host);
    this.#me = new StoreController(host);
    this.#limits = new StoreController(host);
    this.#state = new StoreController(host);
    this.#timeline = new StoreController(host);
    this.#draft = new StoreController(host);
    this.#typing = new StoreController(host);
  }

  get room(): Room | undefined {
    return this.#room;
  }

  get connection(): ConnectionState | undefined {
    return this.#connection.value;
  }

  get me(): Me | undefined {
    return this.#me.value;
  }

  /** What the server takes; nothing can be asked of none. [H3] */
  get limits(): Pick<StatedLimits, "bodyMaxCodePoints" | "editWindowMs"> {
    return this.#limits.value ?? NO_SERVER;
  }

  get state(): RoomState | undefined {
    return this.#state.value;
  }

  /** Until its name is known, its id in the way the server names a room nobody gave a name. */
  get title(): string {
    const id = this.#roomId ?? "";
    return this.state?.info?.name ?? id.charAt(0).toUpperCase() + id.slice(1);
  }

  get timeline(): readonly TimelineItem[] {
    return this.#timeline.value ?? NO_ITEMS;
  }

  /** What was written here and not sent. */
  get draft(): string {
    return this.#draft.value ?? "";
  }

  /** Names of those who type. */
  get typing(): readonly string[] {
    return this.#typing.value?.map(({ name }) => name) ?? NOBODY;
  }

  /** No room can have this id. */
  get isImpossible(): boolean {
    return this.#isImpossible;
  }

  /** Follows this room instead of the one before; the same one again changes nothing. */
  follow(chat: Chat | undefined, roomId: string): void {
    if (chat === this.#chat && roomId === this.#roomId) return;
    const previous = this.#room;
    this.#chat = chat;
    this.#roomId = roomId;
    this.#room = this.#find();
    // First the new one, so that two elements that exchange their rooms do not make the client
    // leave them.
    this.#room?.open();
    previous?.close();
    this.#connection.watch(chat?.$connection);
    this.#me.watch(chat?.$me);
    this.#limits.watch(chat?.$limits);
    this.#state.watch(this.#room?.$state);
    this.#timeline.watch(this.#room?.$timeline);
    this.#draft.watch(this.#room?.$draft);
    this.#typing.watch(this.#room?.$typing);
  }

  /** Follows nothing. */
  leave(): void {
    this.follow(undefined, "");
  }

  /** Leaves the room and enters it again, after the server refused it. */
  again(): void {
    this.#room?.close();
    this.#room?.open();
    this.#chat?.connect();
  }

  #find(): Room | undefined {
    this.#isImpossible = false;
    if (!this.#chat || !this.#roomId) return undefined;
    try {
      return this.#chat.room(this.#roomId);
    } catch (error) {
      if (!isChatError(error) || error.code !== "invalid") throw error;
      this.#isImpossible = true;
      return undefined;
    }
  }
}
