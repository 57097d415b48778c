import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TcpProxy } from "./tcp-proxy.js";

let echo: Server;
let proxy: TcpProxy;
const accepted: Socket[] = [];

beforeEach(async () => {
  echo = createServer({ allowHalfOpen: true }, (socket) => {
    accepted.push(socket);
    socket.on("error", () => socket.destroy());
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => {
    echo.listen(0, "127.0.0.1", resolve);
  });
  proxy = await TcpProxy.to((echo.address() as AddressInfo).port);
});

afterEach(() => {
  proxy.close();
  for (const socket of accepted.splice(0)) socket.destroy();
  echo.close();
});

/** A connection that keeps what comes back. */
class Caller {
  readonly socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
  readonly ended: Promise<"end" | "reset">;
  heard = "";

  constructor() {
    this.ended = new Promise((resolve) => {
      this.socket.on("end", () => resolve("end"));
      this.socket.on("error", () => resolve("reset"));
    });
    this.socket.on("data", (data: Buffer) => (this.heard += data.toString()));
  }

  async hears(length: number): Promise<string> {
    while (this.heard.length < length) await new Promise((go) => this.socket.once("data", go));
    return this.heard;
  }
}

describe("a proxied connection", () => {
  it("carries every byte both ways, in order, and its end", async () => {
    const caller = new Caller();
    const text = "0123456789".repeat(50_000);
    caller.socket.end(text);
    expect(await caller.ended).toBe("end");
    expect(caller.heard).toBe(text);
  });

  it("is cut after a number of bytes, in the middle of what was sent", async () => {
    const caller = new Caller();
    caller.socket.write("hello");
    await caller.hears(5);
    proxy.lines[0]?.cutAfter("up", 3, "end");
    caller.socket.write("abcdef");
    expect(await caller.ended).toBe("end");
    expect(caller.heard).toMatch(/^hello(abc)?$/);
  });

  it("is reset without a word", async () => {
    const caller = new Caller();
    caller.socket.write("hello");
    await caller.hears(5);
    proxy.reset();
    expect(await caller.ended).toBe("reset");
  });

  it("swallows one direction and tells neither end", async () => {
    const caller = new Caller();
    caller.socket.write("hello");
    await caller.hears(5);
    proxy.lines[0]?.swallow("up");
    caller.socket.write("lost");
    accepted[0]?.write("still here");
    expect(await caller.hears(15)).toBe("hellostill here");
    expect(accepted[0]?.readableEnded).toBe(false);
  });

  it("holds everything back while it is stalled, and loses nothing", async () => {
    const caller = new Caller();
    caller.socket.write("one ");
    await caller.hears(4);
    proxy.lines[0]?.stall("down");
    caller.socket.write("two ");
    const other = new Caller();
    other.socket.write("another line is quick");
    await other.hears(21);
    expect(caller.heard).toBe("one ");
    proxy.lines[0]?.resume();
    expect(await caller.hears(8)).toBe("one two ");
  });

  it("passes so many bytes at a time while it is slow", async () => {
    const caller = new Caller();
    caller.socket.write("x");
    await caller.hears(1);
    const pieces: number[] = [];
    accepted[0]?.on("data", ({ length }: Buffer) => pieces.push(length));
    proxy.lines[0]?.throttle(2_000);
    caller.socket.write("y".repeat(500));
    await caller.hears(501);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(200);
  });
});

describe("the gate for new connections", () => {
  it("refuses all of them while the line is cut", async () => {
    proxy.cut();
    expect(await new Caller().ended).toBe("reset");
    proxy.restore();
    const caller = new Caller();
    caller.socket.write("back");
    expect(await caller.hears(4)).toBe("back");
  });

  it("refuses an upgrade, and nothing else, while sockets fail", async () => {
    proxy.setGate({ mode: "sockets-only-fail" });
    const upgrade = new Caller();
    upgrade.socket.write("GET /v1/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n");
    expect(await upgrade.hears(12)).toContain("HTTP/1.1 502");
    const plain = new Caller();
    plain.socket.write("GET /livez HTTP/1.1\r\n\r\n");
    expect(await plain.hears(23)).toContain("GET /livez");
  });
});
