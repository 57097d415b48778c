import type { Chat, Room } from "@confab/sdk";
import {
  createChatWith,
  ScriptedNetwork,
  VirtualNetwork,
  type ChatPlatform,
  type SeededRandom,
} from "@confab/sdk/testing";
import { ProcessClock } from "./process-clock.js";
import type { ServerNode } from "./server-node.js";
import { TokenProvider } from "./token-provider.js";
import { ViewChecker } from "./view-checker.js";
import { WatchedLine } from "./watched-line.js";
import type { World } from "./world.js";

const DAY_MS = 86_400_000;
const HEALED_DELAY_MS = 20;
/** What is under way this long piles up on the way to the client. */
const SLOW_DELAY_MS = 4_000;

/**
 * One person's client: the real SDK in a process that can lose its line, its network, or its whole
 * memory.
 */
export class ClientNode {
  readonly userId: string;
  readonly #world: World;
  readonly #server: ServerNode;
  readonly #random: SeededRandom;
  readonly #line: VirtualNetwork;
  readonly #skewMs: number;
  #network = new ScriptedNetwork();
  #clock: ProcessClock;
  #chat: Chat;
  /** Rooms this life of the client follows, each with the watcher of its view. */
  #views = new Map<string, ViewChecker>();
  #incarnation = 0;
  #watch: WatchedLine | undefined;

  constructor(world: World, server: ServerNode, name: string) {
    const { swarm } = world;
    this.userId = name;
    this.#world = world;
    this.#server = server;
    this.#random = world.random.fork(`client ${name}`);
    this.#skewMs = (this.#random.number() - 0.5) * 2 * DAY_MS;
    const isSlow = this.#random.chance(swarm.slowClientChance);
    this.#line = new VirtualNetwork({
      clock: world.clock,
      random: this.#random.fork("line"),
      get minDelayMs() {
        return world.isHealed ? HEALED_DELAY_MS : swarm.latencyMs[0];
      },
      get maxDelayMs() {
        if (world.isHealed) return HEALED_DELAY_MS;
        return isSlow ? SLOW_DELAY_MS : swarm.latencyMs[1];
      },
    });
    this.#line.listen((peer) => server.accept(name, peer));
    this.#clock = new ProcessClock(world.clock, this.#skewMs);
    this.#chat = this.#boot();
  }

  get chat(): Chat {
    return this.#chat;
  }

  /** Whether the server told this life of the client to stop for good. */
  get isStopped(): boolean {
    return this.#watch?.isStopped === true;
  }

  get mayWrite(): boolean {
    return !this.userId.startsWith("reader");
  }

  get views(): ReadonlyMap<string, ViewChecker> {
    return this.#views;
  }

  room(id: string): Room {
    return this.#chat.room(id);
  }

  /** Follows a room and watches what it shows from now on. */
  open(roomId: string): void {
    this.#view(roomId).follow();
    this.room(roomId).open();
  }

  close(roomId: string): void {
    this.#view(roomId).unfollow();
    this.room(roomId).close();
  }

  send(roomId: string, body: string): void {
    const view = this.#view(roomId);
    view.submit(body, () => this.room(roomId).send(body).id);
    this.#world.note(this.userId, `sends ${view.submitted.at(-1)?.id ?? ""} to ${roomId}`);
    this.#world.check(() => {
      view.check(this.room(roomId).$timeline.get(), this.room(roomId).$state.get().status);
    });
  }

  /** What a person does with failed messages: puts the oldest away. */
  discardFailed(roomId: string): void {
    const view = this.#view(roomId);
    const items = this.room(roomId).$timeline.get();
    const failed = items.find((it) => it.kind === "message" && it.delivery.status === "failed");
    const entry = view.submitted.find((submitted) => submitted.id === failed?.key);
    if (entry === undefined) return;
    entry.isDiscarded = true;
    this.room(roomId).discard(entry.id);
  }

  loadOlder(roomId: string): void {
    this.room(roomId)
      .loadOlder()
      .catch(() => undefined);
  }

  cutLine(): void {
    for (const link of this.#line.links) link.cut();
    this.#world.counters.add("socket cut in the middle of a batch");
    this.#world.note(this.userId, "line cut");
  }

  silenceLine(): void {
    for (const link of this.#line.links) link.silence();
    this.#world.note(this.userId, "line silent");
  }

  setOnline(isOnline: boolean): void {
    if (isOnline) {
      this.#network.goOnline();
    } else {
      this.cutLine();
      this.#network.goOffline();
    }
  }

  /** The server's process died: its ends are gone, and the kernel breaks the lines. */
  serverDied(): void {
    for (const link of this.#line.links) {
      link.abandonServer();
      link.cut();
    }
  }

  /** The browser puts the tab to sleep: nothing runs in it, and what arrives waits. */
  freeze(): void {
    this.#clock.freeze();
    this.#world.note(this.userId, "frozen");
  }

  /** The tab wakes up: what waited comes at once, and the browser says that it is back. */
  thaw(): void {
    if (!this.#clock.isFrozen) return;
    this.#world.note(this.userId, "thawed");
    this.#clock.thaw();
    this.#network.wake();
  }

  /** The page is reloaded: memory is gone, the outbox with it. */
  reload(): void {
    const rooms = [...this.#views.keys()];
    this.#clock.kill();
    for (const link of this.#line.links) link.transport.close();
    this.#network = new ScriptedNetwork();
    this.#clock = new ProcessClock(this.#world.clock, this.#skewMs);
    this.#views = new Map();
    this.#world.note(this.userId, "reloaded");
    this.#chat = this.#boot();
    for (const room of rooms) this.open(room);
  }

  #boot(): Chat {
    this.#incarnation += 1;
    const clock = this.#clock;
    const random = this.#random.fork(`life ${String(this.#incarnation)}`);
    const provider = new TokenProvider(this.#world, clock, this.userId, random.fork("tokens"));
    const line = new WatchedLine(this.#world, clock, this.userId, this.#line.openTransport);
    this.#watch = line;
    const platform: ChatPlatform = {
      clock,
      random,
      network: this.#network,
      report: (error) => {
        this.#world.fail(error);
      },
      openTransport: line.open,
      // Nothing on this network blocks sockets alone.
      openHttpTransport: line.open,
      http: (request, done) => {
        let isCancelled = false;
        const url = new URL(request.url);
        const room = url.pathname.split("/")[3] ?? "";
        const before = Number(url.searchParams.get("before"));
        const delayMs = random.number() * this.#world.swarm.latencyMs[1];
        clock.after(delayMs, () => {
          this.#server.history(this.userId, room, before, (answer) => {
            clock.after(delayMs, () => {
              if (!isCancelled) done(answer);
            });
          });
        });
        return () => {
          isCancelled = true;
        };
      },
    };
    return createChatWith(
      { url: "http://simulation.test", token: provider.provide, timeZone: "UTC" },
      platform,
    );
  }

  #view(roomId: string): ViewChecker {
    let view = this.#views.get(roomId);
    if (view === undefined) {
      const created = new ViewChecker(this.#world.oracle, roomId, this.userId);
      view = created;
      this.#views.set(roomId, created);
      const room = this.room(roomId);
      room.$timeline.subscribe((items) => {
        this.#world.check(() => {
          created.check(items, room.$state.get().status);
        });
      });
    }
    return view;
  }
}
