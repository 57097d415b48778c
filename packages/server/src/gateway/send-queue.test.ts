import { describe, expect, it } from "vitest";
import { FakeSocket } from "../testing/fake-socket.js";
import { TestClock } from "../testing/test-clock.js";
import { FlushTurn } from "./flush-turn.js";
import { encodeFrame, frameOfText } from "./frame.js";
import { GATEWAY_LIMITS } from "./gateway-limits.js";
import { SendQueue } from "./send-queue.js";

const KILOBYTE = frameOfText(JSON.stringify({ t: "x", padding: "x".repeat(1_000) }));
const TEN_KILOBYTES = frameOfText(JSON.stringify({ t: "x", padding: "x".repeat(10_000) }));
const TINY = encodeFrame({ t: "pong" });

function createQueue() {
  const clock = new TestClock();
  const socket = new FakeSocket();
  const slow: number[] = [];
  const queue = new SendQueue({
    socket,
    clock,
    turn: new FlushTurn(clock),
    limits: GATEWAY_LIMITS,
    onSlow: () => slow.push(clock.monotonic()),
  });
  return { clock, socket, queue, slow };
}

function sendTurn({ clock, queue }: ReturnType<typeof createQueue>, count: number, frame = TINY) {
  for (let sent = 0; sent < count; sent += 1) queue.enqueue(frame);
  clock.settle();
}

describe("SendQueue", () => {
  it("[W2] sends nothing before the end of the turn, and then everything in one message", () => {
    const parts = createQueue();
    parts.queue.enqueue(TINY);
    parts.queue.enqueue(TINY);
    expect(parts.socket.messages).toEqual([]);
    parts.clock.settle();
    expect(parts.socket.messages).toEqual(['[{"t":"pong"},{"t":"pong"}]']);
  });

  it("[W2] splits a turn into messages of at most 64 frames and 32 KiB", () => {
    const parts = createQueue();
    sendTurn(parts, 65);
    expect(parts.socket.messages.map((text) => (JSON.parse(text) as object[]).length)).toEqual([
      64, 1,
    ]);
    const large = createQueue();
    sendTurn(large, 40, KILOBYTE);
    expect(large.socket.messages).toHaveLength(2);
    expect(large.socket.messages[0]?.length).toBeLessThanOrEqual(32_768 + 2);
  });

  it("sends the very same text to sockets that got the same frames", () => {
    const [one, other] = [createQueue(), createQueue()];
    const frames = [encodeFrame({ t: "pong" }), encodeFrame({ t: "pong" })];
    for (const { queue } of [one, other]) for (const frame of frames) queue.enqueue(frame);
    one.clock.settle();
    other.clock.settle();
    expect(frames[0]?.packed?.messages).toEqual(other.socket.messages);
    other.queue.enqueue(frames[0] ?? TINY);
    other.clock.settle();
    expect(other.socket.messages[1]).toBe('[{"t":"pong"}]');
  });

  it("[V3] more than 1 MiB that the network has not taken is slow", () => {
    const parts = createQueue();
    parts.socket.isStuck = true;
    for (let turn = 0; turn < 10; turn += 1) sendTurn(parts, 100, KILOBYTE);
    expect(parts.slow).toEqual([]);
    sendTurn(parts, 100, KILOBYTE);
    expect(parts.slow).toHaveLength(1);
  });

  it("[V3] more than 1,000 frames that the network has not taken are slow", () => {
    const parts = createQueue();
    parts.socket.isStuck = true;
    for (let turn = 0; turn < 10; turn += 1) sendTurn(parts, 100);
    expect(parts.slow).toEqual([]);
    sendTurn(parts, 1);
    expect(parts.slow).toHaveLength(1);
  });

  it("[V3] a frame that the network has not taken for ten seconds is slow by itself", () => {
    const parts = createQueue();
    parts.socket.isStuck = true;
    sendTurn(parts, 1);
    parts.clock.advance(9_999);
    expect(parts.slow).toEqual([]);
    parts.clock.advance(1);
    expect(parts.slow).toHaveLength(1);
  });

  it("[V3] a quick socket is never slow, however much it is sent", () => {
    const parts = createQueue();
    for (let turn = 0; turn < 20; turn += 1) sendTurn(parts, 500, KILOBYTE);
    parts.clock.advance(60_000);
    expect(parts.slow).toEqual([]);
  });

  it("[V3] one large burst is not slow if it is taken before the next turn", () => {
    const parts = createQueue();
    parts.socket.isStuck = true;
    sendTurn(parts, 2_000, KILOBYTE);
    expect(parts.slow).toEqual([]);
    parts.socket.drain();
    sendTurn(parts, 1);
    parts.clock.advance(20_000);
    expect(parts.slow).toEqual([]);
  });

  it("counts what waits in the turn and in the socket", () => {
    const parts = createQueue();
    parts.socket.isStuck = true;
    parts.queue.enqueue(KILOBYTE);
    expect(parts.queue.queuedBytes).toBe(KILOBYTE.bytes + 1);
    parts.clock.settle();
    expect(parts.queue.queuedBytes).toBe(KILOBYTE.bytes + 2);
  });

  it("sends nothing and keeps no timer once it is closed", () => {
    const parts = createQueue();
    parts.socket.isStuck = true;
    sendTurn(parts, 1);
    parts.queue.enqueue(TINY);
    parts.queue.close();
    parts.clock.settle();
    expect(parts.socket.messages).toHaveLength(1);
    expect(parts.clock.waitingCount).toBe(0);
  });

  it("[V3] is half full by count or by bytes, until the network has taken it", () => {
    for (const [count, frame] of [
      [501, TINY],
      [53, TEN_KILOBYTES],
    ] as const) {
      const parts = createQueue();
      parts.socket.isStuck = true;
      sendTurn(parts, count - 10, frame);
      expect(parts.queue.isHalfFull).toBe(false);
      sendTurn(parts, 10, frame);
      expect(parts.queue.isHalfFull).toBe(true);
      parts.socket.drain();
      expect(parts.queue.isHalfFull).toBe(false);
      expect(parts.slow).toEqual([]);
    }
  });
});
