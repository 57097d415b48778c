import type { Chat } from "@confab/sdk";
import { Dice } from "../dice.js";
import type { HistoryEntry } from "../history.js";
import type { ActorReport, ActorSetup, Command } from "./command.js";
import { OpenLists } from "./open-lists.js";
import { watchTimeline } from "./watch-timeline.js";
import { Workload } from "./workload.js";

/** One life of one client, driven through the public SDK alone: the same in Node and in a page. */
export class Actor {
  readonly #chat: Chat;
  readonly #lists: OpenLists;
  readonly #workload: Workload;
  readonly #dice: Dice;
  #opsPerSecond = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(chat: Chat, setup: ActorSetup, record: (entry: HistoryEntry) => void) {
    this.#chat = chat;
    this.#dice = new Dice(setup.seed);
    const rooms = setup.rooms.map((id) => chat.room(id));
    chat.$storage.subscribe(({ status }) => record({ type: "storage", status }));
    chat.on("discontinuity", ({ why }) => record({ type: "noticed", what: `reset: ${why}` }));
    chat.$connection.subscribe((connection) => {
      const isByHttp = connection.status === "live" && connection.via === "http";
      if (isByHttp) record({ type: "noticed", what: "line by HTTP" });
    });
    // Also of ops that an earlier life of this browser asked for.
    chat.on("op-failed", ({ room, id, error }) => {
      record({ type: "nacked", room, id, code: error.code });
    });
    for (const room of rooms) watchTimeline(room, record);
    this.#lists = new OpenLists(rooms);
    this.#workload = new Workload({
      chat,
      record,
      life: setup.life,
      rooms,
      lists: this.#lists,
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
        await this.#lists.loadAll();
        return undefined;
      case "dump":
        return this.#lists.dump();
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
    const listed = this.#chat.$rooms.get();
    const unread = Object.fromEntries(listed.map((room) => [room.id, room.unread]));
    const unsettled = this.#workload.unsettledCount;
    return { lists: this.#lists.report(), unread, unsettled };
  }
}
