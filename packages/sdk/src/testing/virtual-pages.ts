import type { Chat, ChatOptions } from "../chat.js";
import type { ChatPlatform } from "../chat-platform.js";
import { createChatWith } from "../create-chat-with.js";
import type { Room } from "../room.js";
import { SampleLog, sampleWelcome } from "./sample-log.js";
import { ScriptedPlatform } from "./scripted-platform.js";
import type { ScriptedSocket } from "./scripted-transport.js";
import { VirtualBrowser } from "./virtual-browser.js";
import type { VirtualTab } from "./virtual-tab.js";

const { ada } = SampleLog;
/** A token that says whose it is. */
const TOKEN = `e30.${btoa(JSON.stringify({ sub: ada.id })).replaceAll("=", "")}.sig`;

/** A browser with pages in it, and one server behind them all. */
export class VirtualPages {
  readonly platform = new ScriptedPlatform();
  readonly log = new SampleLog();
  readonly browser = new VirtualBrowser({
    clock: this.platform.clock,
    random: this.platform.random,
    minDelayMs: 1,
    maxDelayMs: 5,
  });

  open(options: Partial<ChatOptions> = {}): VirtualPage {
    return new VirtualPage(this, this.browser.openTab(), options);
  }

  pass(ms: number): void {
    this.platform.clock.advance(ms);
  }
}

/** One page of the application in that browser. */
export class VirtualPage {
  readonly #world: VirtualPages;
  readonly tab: VirtualTab;
  readonly platform: ScriptedPlatform;
  readonly chat: Chat;
  readonly room: Room;
  isAlive = true;

  constructor(world: VirtualPages, tab: VirtualTab, options: Partial<ChatOptions>) {
    const { clock } = world.platform;
    this.#world = world;
    this.tab = tab;
    this.platform = new ScriptedPlatform();
    const platform: ChatPlatform = {
      network: this.platform.network,
      http: this.platform.http,
      openTransport: this.platform.openTransport,
      openHttpTransport: this.platform.openHttpTransport,
      report: this.platform.report,
      clock: {
        now: () => clock.now(),
        monotonic: () => clock.monotonic(),
        after: (delayMs, task) =>
          clock.after(delayMs, () => {
            if (this.isAlive) task();
          }),
      },
      random: world.platform.random,
      loadStorage: tab.loadStorage,
    };
    this.chat = createChatWith(
      { url: "https://chat.example", token: () => TOKEN, timeZone: "UTC", ...options },
      platform,
    );
    this.room = this.chat.room(world.log.room);
  }

  get socket(): ScriptedSocket {
    return this.platform.line.socket;
  }

  get shown(): readonly string[] {
    return this.room.$timeline.get().flatMap((item) => {
      if (item.kind === "day") return [];
      const { status } = item.delivery;
      return status === "sent" ? item.body : `${item.body} (${status})`;
    });
  }

  /** Bodies of the messages handed to the socket. */
  get sent(): readonly string[] {
    return this.socket.framesOf("op").flatMap((op) => (op.k === "msg" ? op.body : op.k));
  }

  /** The page is open on a live line with everything the log has. */
  goLive(): void {
    this.room.open();
    this.#world.pass(50);
    this.socket.open();
    this.socket.deliver(sampleWelcome());
    this.#world.pass(50);
    const { log } = this.#world;
    this.socket.deliver(log.reset(this.ref), log.synced(this.ref));
  }

  get ref(): number {
    const hello = this.socket.framesOf("hello")[0]?.rooms[this.#world.log.room]?.ref;
    const ref = this.socket.framesOf("sub").at(-1)?.ref ?? hello;
    if (ref === undefined) throw new Error("the room was not asked for");
    return ref;
  }

  kill(): void {
    this.isAlive = false;
    this.tab.kill();
  }
}
