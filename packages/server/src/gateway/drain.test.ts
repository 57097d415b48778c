import { describe, expect, it } from "vitest";
import { testOpId } from "../testing/op-ids.js";
import { hello, createHeldGateway, message, TestGateway } from "../testing/test-gateway.js";

function drain(gateway: TestGateway) {
  const state = { isDone: false };
  gateway.core.gateway.drain(() => {
    state.isDone = true;
  });
  return state;
}

describe("[V6] drain", () => {
  it("[V6] says when to come back, then closes with 4300", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const greeting = gateway.open();
    const state = drain(gateway);
    gateway.clock.advance(1_000);
    for (const { socket } of [ann, greeting]) {
      expect(socket.framesOf("bye")).toEqual([{ t: "bye", code: 4300, after: [0, 15_000] }]);
      expect(socket.closes).toEqual([4300]);
    }
    expect(state.isDone).toBe(true);
  });

  it("[V6] commits and acks what was queued, and takes nothing new", () => {
    const { gateway, run } = createHeldGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const queued = message(testOpId(), "in time");
    ann.send(queued);
    const state = drain(gateway);
    ann.send(message(testOpId(), "too late"), { t: "ping" });
    expect(ann.socket.closes).toEqual([]);
    run();
    gateway.clock.advance(100);
    expect(ann.socket.framesOf("ack")).toMatchObject([{ id: queued.id }]);
    expect(ann.socket.framesOf("ev")).toHaveLength(1);
    expect(ann.socket.framesOf("nack")).toEqual([]);
    expect(ann.socket.framesOf("pong")).toEqual([]);
    expect(ann.socket.closes).toEqual([4300]);
    expect(state.isDone).toBe(true);
  });

  it("[V6] does not wait for ever for a storage that does not answer", () => {
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({ ...storage, append: () => undefined }),
    });
    const ann = gateway.connect("ann");
    ann.send(message(testOpId(), "stuck"));
    const state = drain(gateway);
    gateway.clock.advance(3_999);
    expect(state.isDone).toBe(false);
    gateway.clock.advance(200);
    expect(state.isDone).toBe(true);
    expect(ann.socket.framesOf("ack")).toEqual([]);
  });

  it("[V6] closes many connections in batches", () => {
    const gateway = new TestGateway({ limits: { drainBatchSessions: 2, drainBatchMs: 50 } });
    const sockets = ["a", "b", "c", "d", "e"].map((user) => gateway.connect(user).socket);
    const state = drain(gateway);
    const closedCount = () => sockets.filter(({ closes }) => closes.length > 0).length;
    gateway.clock.settle();
    expect(closedCount()).toBe(2);
    gateway.clock.advance(50);
    expect(closedCount()).toBe(4);
    expect(state.isDone).toBe(false);
    gateway.clock.advance(50);
    expect(closedCount()).toBe(5);
    expect(state.isDone).toBe(true);
  });

  it("[V6] an idle gateway is drained at once, and a second call waits for the same end", () => {
    const gateway = new TestGateway();
    expect(drain(gateway).isDone).toBe(true);
    const busy = new TestGateway();
    busy.connect("ann");
    const [first, second] = [drain(busy), drain(busy)];
    busy.clock.advance(100);
    expect([first.isDone, second.isDone]).toEqual([true, true]);
  });

  it("a connection that is closing anyway does not keep the drain waiting", () => {
    const gateway = new TestGateway();
    const ann = gateway.open();
    ann.send(hello("wrong"));
    expect(drain(gateway).isDone).toBe(true);
    gateway.clock.advance(3_000);
    expect(ann.socket.isTerminated).toBe(true);
  });
});
