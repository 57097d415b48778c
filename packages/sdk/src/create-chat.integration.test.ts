import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { createChat } from "./create-chat.js";
import type { Chat } from "./chat.js";
import { upFrameSchema, type DownFrame } from "./protocol/frames.js";
import { msgOpSchema } from "./protocol/operations.js";
import { syncQuerySchema } from "./protocol/without-socket.js";
import { requestGuest } from "./request-guest.js";
import type { Room } from "./room.js";
import { SampleLog, sampleWelcome } from "./testing/sample-log.js";

const { ada } = SampleLog;
const PATIENCE_STEPS = 1_000;

/** A server small enough to be read at once, that does what the protocol says for one room. */
class TinyServer {
  readonly log = new SampleLog();
  readonly http: Server = createServer();
  readonly #sockets = new WebSocketServer({ server: this.http });
  /** Number of ops answered by cutting the line after storing them. */
  ackless = 0;
  connectionCount = 0;

  async listen(): Promise<string> {
    this.#sockets.on("connection", (socket) => {
      this.connectionCount += 1;
      socket.on("message", (data: Buffer) => {
        for (const frame of JSON.parse(data.toString()) as unknown[]) this.#read(frame, socket);
      });
    });
    this.http.on("request", (request, response) => {
      const url = new URL(request.url ?? "", "http://localhost");
      if (url.pathname === "/v1/sync") {
        response.end(JSON.stringify(this.#sync(url.searchParams)));
        return;
      }
      if (url.pathname === "/v1/ops") {
        void this.#post(request).then((frames) => response.end(JSON.stringify(frames)));
        return;
      }
      const before = Number(url.searchParams.get("before"));
      const isGuest = url.pathname === "/v1/auth/guest";
      response.statusCode = request.headers.authorization === "Bearer t" || isGuest ? 200 : 401;
      const guest = { token: "guest", expiresAt: 1, user: ada };
      response.end(JSON.stringify(isGuest ? guest : this.log.page(before)));
    });
    await new Promise<void>((done) => this.http.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${String((this.http.address() as AddressInfo).port)}`;
  }

  say(body: string): void {
    this.#broadcast(this.log.append({ body }));
  }

  cutAll(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
  }

  async end(): Promise<void> {
    this.cutAll();
    await new Promise((done) => this.http.close(done));
  }

  /** The answer to a question of a client without a socket: it never waits. */
  #sync(query: URLSearchParams): readonly DownFrame[] {
    const { rooms } = syncQuerySchema.parse(Object.fromEntries(query));
    const { ref, cur } = rooms["lobby"] ?? { ref: 0 };
    const welcome = sampleWelcome({ now: Date.now(), tokenExp: Date.now() + 600_000 });
    if (cur === undefined) return [welcome, this.log.reset(ref), this.log.synced(ref)];
    const missed = this.log.events.slice(cur.seq);
    return [welcome, this.log.replay(ref, cur.seq), ...missed, this.log.synced(ref)];
  }

  async #post(request: IncomingMessage): Promise<readonly DownFrame[]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const posted = JSON.parse(Buffer.concat(chunks).toString()) as readonly unknown[];
    return posted.flatMap((json) => {
      const op = msgOpSchema.safeParse(json);
      if (!op.success) return [];
      this.log.append({ id: op.data.id, body: op.data.body, by: ada });
      return this.log.ack(op.data.id);
    });
  }

  #read(json: unknown, socket: WebSocket): void {
    const frame = upFrameSchema.parse(json);
    if (frame.t === "hello") {
      send(socket, sampleWelcome({ now: Date.now(), tokenExp: Date.now() + 600_000 }));
      const { ref, cur } = frame.rooms["lobby"] ?? { ref: 0 };
      const missed = this.log.events.slice(cur?.seq);
      if (cur === undefined) send(socket, this.log.reset(ref));
      else send(socket, this.log.replay(ref, cur.seq), ...missed);
      send(socket, this.log.synced(ref));
    }
    if (frame.t !== "op" || frame.k !== "msg") return;
    const known = this.log.events.find((event) => event.id === frame.id);
    const event = known ?? this.log.append({ id: frame.id, body: frame.body, by: ada });
    if (this.ackless > 0) {
      this.ackless -= 1;
      socket.terminate();
      return;
    }
    send(socket, this.log.ack(frame.id));
    if (known === undefined) this.#broadcast(event);
  }

  #broadcast(frame: DownFrame): void {
    for (const socket of this.#sockets.clients) send(socket, frame);
  }
}

function send(socket: WebSocket, ...frames: readonly DownFrame[]): void {
  socket.send(JSON.stringify(frames));
}

function bodies(room: Room): readonly string[] {
  return room.$timeline
    .get()
    .flatMap((item) => (item.kind === "message" && item.seq !== undefined ? item.body : []));
}

async function until(condition: () => boolean): Promise<void> {
  for (let step = 0; step < PATIENCE_STEPS && !condition(); step += 1) {
    await new Promise((done) => setTimeout(done, 5));
  }
  if (!condition()) throw new Error("it did not happen in good time");
}

describe("createChat over real sockets", () => {
  let server: TinyServer;
  let url: string;
  let chat: Chat;
  let room: Room;

  beforeEach(async () => {
    server = new TinyServer();
    url = await server.listen();
    chat = createChat({ url, token: () => Promise.resolve("t"), webSocket: WebSocket });
    room = chat.room("lobby");
  });

  afterEach(async () => {
    chat.close();
    await server.end();
  });

  it("[O7] exchanges messages", async () => {
    server.log.append({ body: "before" });
    room.open();
    await until(() => room.$state.get().status === "live");
    const operation = room.send("mine");
    await expect(operation.settled).resolves.toMatchObject({ seq: 2 });
    server.say("theirs");
    await until(() => bodies(room).length === 3);
    expect(bodies(room)).toEqual(["before", "mine", "theirs"]);
    expect(chat.$me.get()).toEqual(ada);
  });

  it("[O1] loses and doubles nothing when the line breaks between storing and ack", async () => {
    room.open();
    await until(() => room.$state.get().status === "live");
    server.ackless = 1;
    const operations = ["one", "two", "three"].map((text) => room.send(text));
    await Promise.all(operations.map(({ settled }) => settled));
    await until(() => bodies(room).length === 3);
    expect(server.log.rows(0, 9).map(({ body }) => body)).toEqual(["one", "two", "three"]);
    expect(bodies(room)).toEqual(["one", "two", "three"]);
    expect(server.connectionCount).toBe(2);
  });

  it("[L4] gets exactly what it missed after the line was cut", async () => {
    room.open();
    await until(() => room.$state.get().status === "live");
    server.cutAll();
    for (let count = 1; count <= 20; count += 1) server.say(String(count));
    await until(() => bodies(room).length === 20);
    expect(bodies(room)).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
  });

  it("[L10] loads older pages over HTTP", async () => {
    server.log.appendMany(80);
    room.open();
    await until(() => room.$state.get().status === "live");
    await room.loadOlder();
    expect(bodies(room)).toHaveLength(80);
    expect(room.$state.get()).toMatchObject({ hasOlder: false, older: "idle" });
  });

  it("[L4] [O7] goes on without a socket where none opens", async () => {
    class Blocked extends WebSocket {
      constructor(_url: string, protocols: string[]) {
        super("ws://127.0.0.1:9", protocols);
      }
    }
    const without = createChat({ url, token: () => "t", webSocket: Blocked });
    const theirs = without.room("lobby");
    theirs.open();
    try {
      await until(() => without.$connection.get().status === "live");
      expect(without.$connection.get()).toEqual({ status: "live", via: "http" });
      await theirs.send("mine").settled;
      server.log.append({ body: "theirs" });
      await until(() => bodies(theirs).length === 2);
      expect(bodies(theirs)).toEqual(["mine", "theirs"]);
      expect(server.connectionCount).toBe(0);
    } finally {
      without.close();
    }
  });

  it("makes a visitor a guest", async () => {
    await expect(requestGuest({ url, name: "Ada" })).resolves.toMatchObject({ token: "guest" });
    const nowhere = requestGuest({ url: "http://127.0.0.1:9", name: "Ada" });
    await expect(nowhere).rejects.toMatchObject({ name: "ChatError", code: "network" });
  });

  it("refuses to be made where there is no WebSocket", () => {
    vi.stubGlobal("WebSocket", undefined);
    expect(() => createChat({ url, token: () => "t" })).toThrow(/WebSocket/);
    vi.unstubAllGlobals();
  });
});
