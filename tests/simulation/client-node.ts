import type { Chat, Operation, Room, SendOptions } from "@confab/sdk";
import {
  createChatWith,
  httpTransport,
  ScriptedNetwork,
  VirtualNetwork,
  type ChatPlatform,
  type OpenTransport,
  type SeededRandom,
} from "@confab/sdk/testing";
import { beRude } from "./be-rude.js";
import type { AskedOp } from "./asked-op.js";
import type { BrowserNode } from "./browser-node.js";
import { ClientHttp } from "./client-http.js";
import { ClientViews } from "./client-views.js";
import { ProcessClock } from "./process-clock.js";
import type { ServerNode } from "./server-node.js";
import { checkTold } from "./told-outcome.js";
import { TokenProvider } from "./token-provider.js";
import { WatchedLine } from "./watched-line.js";
import { SLOW_DELAY_MS, type Swarm } from "./swarm.js";
import type { World } from "./world.js";

const DAY_MS = 86_400_000;
const HEALED_DELAY_MS = 20;

/** What is asked for, apart from what the client adds. */
export type Asked = Omit<
  AskedOp,
  "id" | "by" | "life" | "isDiscarded" | "isForgotten" | "isToldFailed"
>;

/**
 * One tab of one person: the real SDK in a process that can lose its line, its network, or all its
 * memory.
 */
export class ClientNode {
  readonly name: string;
  readonly userId: string;
  readonly browser: BrowserNode;
  readonly #world: World;
  readonly #random: SeededRandom;
  readonly #line: VirtualNetwork;
  readonly #http: ClientHttp;
  /** Some networks let no socket through, and some of those never will. */
  readonly #isBlocked: boolean;
  readonly #isAlwaysBlocked: boolean;
  #network = new ScriptedNetwork();
  #clock: ProcessClock;
  #chat: Chat;
  /** What this life of the tab looks at. */
  #views: ClientViews;
  #incarnation = 0;
  #watch: WatchedLine | undefined;
  /** Rooms this life has open, each as often as it was opened. */
  #opened: string[] = [];
  #provider: TokenProvider | undefined;

  constructor(world: World, server: ServerNode, browser: BrowserNode, name: string) {
    const { swarm } = world;
    this.name = name;
    this.userId = browser.userId;
    this.browser = browser;
    this.#world = world;
    this.#random = world.random.fork(`client ${name}`);
    this.#isBlocked = this.#random.chance(swarm.noSocketChance);
    this.#isAlwaysBlocked = this.#isBlocked && this.#random.chance(0.5);
    this.#line = this.#makeLine(swarm);
    this.#http = new ClientHttp(world, server, name, this.#random.fork("http"));
    this.#line.listen((peer) => server.accept(name, peer));
    this.#clock = this.#startedClock();
    this.#chat = this.#boot();
    this.#views = new ClientViews(world, this);
  }

  get views(): ClientViews {
    return this.#views;
  }

  get chat(): Chat {
    return this.#chat;
  }

  /** Names this life of the tab: what it asked for is its own. */
  get life(): string {
    return `${this.name}#${String(this.#incarnation)}`;
  }

  /** Whether the server told this life of the client to stop for good. */
  get isStopped(): boolean {
    return this.#watch?.isStopped === true;
  }

  get isFrozen(): boolean {
    return this.#clock.isFrozen;
  }

  room(id: string): Room {
    return this.#chat.room(id);
  }

  /** Follows a room and watches what it shows from now on. */
  open(roomId: string): void {
    this.#opened.push(roomId);
    this.#views.of(roomId).follow();
    this.room(roomId).open();
  }

  /** An application closes what it opened, and not what its threads hold open. */
  close(roomId: string): void {
    const index = this.#opened.indexOf(roomId);
    if (index === -1) return;
    this.#opened.splice(index, 1);
    this.#views.of(roomId).unfollow();
    this.room(roomId).close();
  }

  send(roomId: string, body: string, options: SendOptions = {}): void {
    const { replyTo, thread, inRoom, mentions } = options;
    const asked: Asked = {
      room: roomId,
      kind: "msg",
      body,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(thread === undefined ? {} : { thread }),
      ...(inRoom === true ? { isInRoom: true } : {}),
      ...(mentions === undefined ? {} : { mentions }),
    };
    this.ask(asked, (room) => room.send(body, options));
  }

  /** Asks for something, remembers what, and looks at what is shown then. */
  ask(asked: Asked, run: (room: Room) => Operation): void {
    const room = this.room(asked.room);
    this.#views.whileAsking(asked.room, () => {
      const { id, $status } = run(room);
      const known = { by: this.userId, life: this.life, isDiscarded: false, isForgotten: false };
      const op = this.#world.asked.add({ ...asked, ...known, id });
      this.#world.note(this.name, `asks for ${asked.kind} ${id} in ${asked.room}`);
      $status.subscribe((status) => {
        this.#world.check(() => {
          checkTold(this.#world, op, status);
        });
      });
    });
  }

  /** Gives something up: what failed, or what has no answer yet. */
  discard(op: AskedOp): void {
    op.isDiscarded = true;
    this.room(op.room).discard(op.id);
    this.#world.note(this.name, `discards ${op.id}`);
  }

  /** Sends the words of a failed message again, as another message. */
  retry(op: AskedOp): void {
    const { id, by: _by, life: _life, isDiscarded: _is, isForgotten: _was, ...rest } = op;
    const { isToldFailed: _told, ...asked } = rest;
    op.isDiscarded = true;
    this.ask(asked, (room) => room.retry(id));
  }

  /** The person wants to see what is older. */
  loadOlder(room: string): void {
    this.#provider?.expectPage();
    this.room(room)
      .loadOlder()
      .catch(() => undefined);
  }

  /** The server may hear of it, and what was said before, this much later. */
  cutLine(serverDelayMs = 0): void {
    for (const link of this.#line.links) link.cut(serverDelayMs);
    this.#world.counters.add("socket cut in the middle of a batch");
    this.#world.note(this.name, "line cut");
  }

  silenceLine(): void {
    for (const link of this.#line.links) link.silence();
    this.#world.note(this.name, "line silent");
  }

  setOnline(isOnline: boolean): void {
    if (isOnline) {
      this.#network.goOnline();
    } else {
      this.cutLine();
      this.#http.cut();
      this.#network.goOffline();
    }
  }

  /** The server's process died: its ends are gone, and the kernel breaks the lines. */
  serverDied(): void {
    for (const link of this.#line.links) {
      link.abandonServer();
      link.cut();
    }
    this.#http.cut();
  }

  /** The browser puts the tab to sleep: nothing runs in it, and what arrives waits. */
  freeze(): void {
    this.#clock.freeze();
    this.#world.note(this.name, "frozen");
  }

  /** The tab wakes up: what waited comes at once, and the browser says that it is back. */
  thaw(): void {
    if (!this.#clock.isFrozen) return;
    this.#world.note(this.name, "thawed");
    this.#clock.thaw();
    this.#network.wake();
  }

  /** The page is loaded again: its memory is gone. A crash lets it say nothing before. */
  reload(manner: "leaves" | "crashes" = "leaves"): void {
    const { rooms } = this.#views;
    this.browser.tabGone(this, manner);
    this.#clock.kill();
    for (const link of this.#line.links) link.transport.close();
    this.#http.cut();
    this.#network = new ScriptedNetwork();
    this.#clock = this.#startedClock();
    this.#world.note(this.name, manner === "leaves" ? "reloaded" : "crashed and reloaded");
    this.#chat = this.#boot();
    this.#views = new ClientViews(this.#world, this);
    for (const room of rooms) this.open(room);
  }

  /** The way to the server: each connection over it has its own delays. */
  #makeLine(swarm: Swarm): VirtualNetwork {
    const random = this.#random.fork("delays");
    const isSlow = this.#random.chance(swarm.slowClientChance);
    let latencyMs = swarm.latencyMs;
    const draw = (): readonly [number, number] => {
      if (this.#world.isHealed) return [HEALED_DELAY_MS, HEALED_DELAY_MS];
      if (random.chance(swarm.slowLinkChance)) return [SLOW_DELAY_MS / 4, SLOW_DELAY_MS];
      return [swarm.latencyMs[0], isSlow ? SLOW_DELAY_MS : swarm.latencyMs[1]];
    };
    return new VirtualNetwork({
      clock: this.#world.clock,
      random: this.#random.fork("line"),
      get minDelayMs() {
        latencyMs = draw();
        return latencyMs[0];
      },
      get maxDelayMs() {
        return latencyMs[1];
      },
    });
  }

  readonly #openSocket: OpenTransport = (url, handlers) => {
    const isBlocked = this.#world.isHealed ? this.#isAlwaysBlocked : this.#isBlocked;
    if (!isBlocked) return this.#line.openTransport(url, handlers);
    this.#world.counters.add("socket let not through");
    const cancel = this.#world.clock.after(HEALED_DELAY_MS, () => {
      handlers.onClose(1006);
    });
    return { send: () => undefined, close: cancel };
  };

  #startedClock(): ProcessClock {
    return new ProcessClock(this.#world.clock, (this.#random.number() - 0.5) * 2 * DAY_MS);
  }

  #boot(): Chat {
    this.#incarnation += 1;
    this.#opened = [];
    const clock = this.#clock;
    const random = this.#random.fork(`life ${String(this.#incarnation)}`);
    const provider = new TokenProvider(this.#world, clock, this.userId, random.fork("tokens"));
    this.#provider = provider;
    const line = new WatchedLine(this.#world, clock, this);
    const http = this.#http.client(clock);
    this.#watch = line;
    const platform: ChatPlatform = {
      clock,
      random,
      network: this.#network,
      report: (error) => {
        if (!this.#world.isRude) this.#world.fail(error);
      },
      openTransport: line.over(this.#openSocket),
      openHttpTransport: line.over(httpTransport({ clock, http })),
      http,
      ...this.browser.open(this, clock),
    };
    const chat = createChatWith(
      { url: "http://simulation.test", token: provider.provide, timeZone: "UTC" },
      platform,
    );
    if (this.#world.isRude) beRude(chat);
    return chat;
  }
}
