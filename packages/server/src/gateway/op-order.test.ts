import { describe, expect, it } from "vitest";
import type { Storage } from "../storage/storage.js";
import { testOpId } from "../testing/op-ids.js";
import { message, TestGateway } from "../testing/test-gateway.js";

describe("the ops of one connection", () => {
  it("[O6] are answered in their order, also where one needs no commit", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    const ids = Array.from({ length: 5 }, () => testOpId());
    const rooms = ["lobby", "nowhere", "lobby", "nowhere", "lobby"];
    ann.send(...ids.map((id, index) => message(id, "in order", rooms[index])));
    const answers = ann.socket.frames.filter(({ t }) => t === "ack" || t === "nack");
    expect(answers).toMatchObject(ids.map((id) => ({ id })));
  });

  it("[O6] are not stored behind one whose room could not be looked up", () => {
    let fail = (): void => undefined;
    const gateway = new TestGateway({
      wrapStorage: (storage): Storage => ({
        ...storage,
        findRoom(roomId, done) {
          if (roomId !== "room-1") storage.findRoom(roomId, done);
          else fail = () => done({ ok: false, cause: new Error("the disk does not answer") });
        },
      }),
    });
    const ann = gateway.connect("ann");
    ann.send(message(testOpId(), "first", "room-1"), message(testOpId(), "second"));
    fail();
    gateway.clock.settle();
    expect(ann.socket.closes).toEqual([4003]);
    expect(gateway.disk.query("SELECT id FROM events")).toEqual([]);
  });
});
