import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import { createChat } from "./create-chat.js";
import type { Chat } from "./chat.js";
import { upFrameSchema, type DownFrame } from "./protocol/frames.js";
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
