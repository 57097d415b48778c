import { describe, expect, it } from "vitest";
import type { Storage } from "../storage/storage.js";
import { testOpId } from "../testing/op-ids.js";
import { message, TestGateway } from "../testing/test-gateway.js";

describe("a commit that lost its answer", () => {
  it("[O7] the followers get the event although nothing else is ever said", () => {
    const gateway = new TestGateway({ wrapStorage: losesAnswers });
    const ann = gateway.connect("ann");
    const ben = gateway.connect("ben", { lobby: { ref: 1 } });
    const id = testOpId();
    ann.send(message(id, "stored, and nobody was told"));
    expect(ann.socket.framesOf("ack")).toEqual([]);
    expect(ben.socket.framesOf("ev")).toMatchObject([{ seq: 1, id }]);
  });

  it("[O7] the sender that comes again gets its ack, and nobody hears the event twice", () => {
    const gateway = new TestGateway({ wrapStorage: losesAnswers });
    const ben = gateway.connect("ben", { lobby: { ref: 1 } });
    const id = testOpId();
    gateway.connect("ann").send(message(id, "once"));
    gateway.connect("ann").send(message(id, "once"));
    expect(ben.socket.framesOf("ev")).toMatchObject([{ seq: 1, id }]);
  });

  it("[R2] the other tabs of its author list the room once it is acked", () => {
    let isLossy = true;
    const gateway = new TestGateway({
      wrapStorage: (storage): Storage => ({
        ...storage,
        append: (view, event, done) => {
          (isLossy ? losesAnswers(storage) : storage).append(view, event, done);
          isLossy = false;
        },
      }),
    });
    const desk = gateway.connect("ann", {}, "desk");
    const id = testOpId();
    gateway.connect("ann", {}, "phone").send(message(id, "the first words of ann"));
    gateway.clock.advance(2_000);
    gateway.connect("ann", {}, "phone").send(message(id, "the first words of ann"));
    gateway.clock.advance(2_000);
    expect(desk.socket.framesOf("room")).toMatchObject([{ room: "lobby", count: 1, readSeq: 1 }]);
  });

  it("[R2] and at once too, since its author may know it by its event and never ask again", () => {
    const gateway = new TestGateway({ wrapStorage: losesAnswers });
    const desk = gateway.connect("ann", {}, "desk");
    gateway.connect("ann", {}, "phone").send(message(testOpId(), "the first words of ann"));
    gateway.clock.advance(2_000);
    expect(desk.socket.framesOf("room")).toMatchObject([{ room: "lobby", count: 1, readSeq: 1 }]);
  });

  it("[R1] a position that was stored is told to everybody, though nobody says it again", () => {
    const gateway = new TestGateway({ wrapStorage: losesAnswers });
    gateway.fill(1);
    const desk = gateway.connect("ann", { lobby: { ref: 1 } }, "desk");
    const ben = gateway.connect("ben", { lobby: { ref: 1 } });
    gateway.connect("ann", {}, "phone").send({ t: "read", room: "lobby", seq: 1 });
    gateway.clock.advance(2_000);
    const receipt = { t: "receipt", room: "lobby", user: "ann", seq: 1, count: 1 };
    for (const { socket } of [desk, ben]) expect(socket.framesOf("receipt")).toEqual([receipt]);
    expect(desk.socket.framesOf("room")).toMatchObject([{ room: "lobby", readSeq: 1 }]);
  });

  it("[L5] also the followers that are reading the log as it was before", () => {
    const held: (() => void)[] = [];
    const gateway = new TestGateway({
      wrapStorage: (storage): Storage => ({
        ...losesAnswers(storage),
        readEvents: (view, range, done) => {
          storage.readEvents(view, range, (result) => void held.push(() => done(result)));
        },
      }),
    });
    const ben = gateway.connect("ben", { lobby: { ref: 1 } });
    expect(held).toHaveLength(1);
    const id = testOpId();
    gateway.connect("ann").send(message(id, "stored while ben was reading"));
    while (held.length > 0) {
      held.shift()?.();
      gateway.clock.settle();
    }
    expect(ben.socket.framesOf("ev")).toMatchObject([{ seq: 1, id }]);
  });
});

/** The real storage, which stores every event and says that it could not. */
function losesAnswers(storage: Storage): Storage {
  return {
    ...storage,
    append: (view, event, done) => {
      storage.append(view, event, () => {
        done({ ok: false, cause: new Error("the answer is lost") });
      });
    },
    markRead: (view, position, done) => {
      storage.markRead(view, position, () => {
        done({ ok: false, cause: new Error("the answer is lost") });
      });
    },
  };
}
