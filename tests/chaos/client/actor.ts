import type { Chat, Room, TimelineMessage } from "@confab/sdk";
import { Dice } from "../dice.js";
import type { HistoryEntry } from "../history.js";
import type {
  ActorReport,
  ActorSetup,
  Command,
  Dump,
  RoomReport,
  ShownMessage,
} from "./command.js";
import { watchTimeline } from "./watch-timeline.js";
import { Workload } from "./workload.js";

/** Pages of history asked for at most, one after the other. */
const PAGES_MAX_COUNT = 2_000;

/** A page that failed is asked for again after this, so often. */
const PAGE_RETRY_MS = 500;
const PAGE_MAX_FAILURES = 40;

/** One life of one client, driven through the public SDK alone: the same in Node and in a page. */
export class Actor {
  readonly #chat: Chat;
  readonly #rooms: readonly Room[];
  readonly #workload: Workload;
  readonly #dice: Dice;
  #opsPerSecond = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(chat: Chat, setup: ActorSetup, record: (entry: HistoryEntry) => void) {
    this.#chat = chat;
    this.#dice = new Dice(setup.seed);
    this.#rooms = setup.rooms.map((id) => chat.room(id));
    chat.$storage.subscribe(({ status }) => record({ type: "storage", status }));
    // Also of ops that an earlier life of this browser asked for.
    chat.on("op-failed", ({ room, id, error }) => {
      record({ type: "nacked", room, id, code: error.code });
    });
    for (const room of this.#rooms) {
      watchTimeline(room, record);
      room.open();
    }
    this.#workload = new Workload({
      chat,
      record,
      life: setup.life,
      rooms: this.#rooms,
      users: setup.users,
      dice: this.#dice.fork("workload"),
    });
  }

  async perform(command: Command): Promise<unknown> {
    switch (command.do) {
      case "pace":
        this.#opsPerSecond = command.opsPerSecond;
        this.#plan();
        return undefined;
      case "burst":
        for (let count = 0; count < command.ops; count += 1) this.#workload.act();
        return undefined;
      case "connect":
        this.#chat.connect();
        return undefined;
      case "report":
        return this.#report();
      case "load":
        for (const room of this.#rooms) await loadAll(room);
        return undefined;
      case "dump":
        return this.#dump();
      case "close":
        clearTimeout(this.#timer);
        this.#chat.close();
        return undefined;
    }
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#opsPerSecond === 0) return;
    // Between nothing and twice the mean, so that ops come in clusters and pauses.
    const delay = (this.#dice.next() * 2_000) / this.#opsPerSecond;
    this.#timer = setTimeout(() => {
      this.#workload.act();
      this.#plan();
    }, delay);
  }

  #report(): ActorReport {
    const rooms = this.#rooms.map(reportOf);
    const listed = this.#chat.$rooms.get();
    const unread = Object.fromEntries(listed.map((room) => [room.id, room.unread]));
    return { rooms, unread, unsettled: this.#workload.unsettledCount };
  }

  #dump(): Dump {
    return Object.fromEntries(
      this.#rooms.map((room) => [room.id, messagesOf(room).map(withoutLayout)]),
    );
  }
}

function reportOf(room: Room): RoomReport {
  const messages = messagesOf(room);
  const { status, hasOlder } = room.$state.get();
  return {
    room: room.id,
    status,
    hasOlder,
    lastSeq: Math.max(0, ...messages.map(({ seq }) => seq ?? 0)),
    pending: messages.filter(({ delivery }) => delivery.status === "pending").length,
  };
}

async function loadAll(room: Room): Promise<void> {
  let failures = 0;
  for (let page = 0; page < PAGES_MAX_COUNT && room.$state.get().hasOlder; page += 1) {
    await room.loadOlder().catch(async () => {
      failures += 1;
      if (failures > PAGE_MAX_FAILURES) throw new Error(`${room.id} cannot be loaded`);
      await new Promise((resolve) => setTimeout(resolve, PAGE_RETRY_MS));
    });
  }
}

function messagesOf(room: Room): TimelineMessage[] {
  return room.$timeline.get().filter((item) => item.kind === "message");
}

function withoutLayout(message: TimelineMessage): ShownMessage {
  const { isGroupStart: _start, isGroupEnd: _end, ...shown } = message;
  return shown;
}
