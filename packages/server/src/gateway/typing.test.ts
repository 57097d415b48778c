import { describe, expect, it } from "vitest";
import { message, TestGateway, type TestConnection } from "../testing/test-gateway.js";
import { testOpId } from "../testing/op-ids.js";

const LOBBY = { lobby: { ref: 1 } };
const TYPING = { t: "typing", room: "lobby" };

function heard({ socket }: TestConnection) {
  return socket.framesOf("typing");
}

describe("[P1] typing", () => {
  it("[P1] is told to the others who follow the room, with how long it is true", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY, "phone");
    const desk = gateway.connect("ann", LOBBY, "desk");
    const ben = gateway.connect("ben", LOBBY);
    const elsewhere = gateway.connect("cat", { "room-1": { ref: 1 } });
    ann.send(TYPING);
    expect(heard(ben)).toEqual([
      {
        ...{ t: "typing", room: "lobby", user: "ann" },
        ...{ author: { name: "ann", kind: "user" }, ttl: 6_000 },
      },
    ]);
    for (const other of [ann, desk, elsewhere]) expect(heard(other)).toEqual([]);
  });

  it("[P1] is passed on once in three seconds, or 250 ms early, per person and room", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { ...LOBBY, "room-1": { ref: 2 } });
    const ben = gateway.connect("ben", { ...LOBBY, "room-1": { ref: 2 } });
    ann.send(TYPING, TYPING, { ...TYPING, room: "room-1" });
    expect(heard(ben).map(({ room }) => room)).toEqual(["lobby", "room-1"]);
    gateway.clock.advance(2_749);
    ann.send(TYPING);
    expect(heard(ben)).toHaveLength(2);
    gateway.clock.advance(1);
    ann.send(TYPING);
    expect(heard(ben)).toHaveLength(3);
  });

  it("[P1] is taken only from somebody who is here and may speak", () => {
    const gateway = new TestGateway({
      authenticator: {
        authenticate: (token, done) => {
          const kind = token === "reader" ? "system" : "user";
          const principal = { id: token, name: token, kind } as const;
          done({ ok: true, principal, expiresAt: gateway.clock.now() + 1_000_000 });
        },
      },
    });
    const ben = gateway.connect("ben", LOBBY);
    gateway.connect("ann").send(TYPING);
    gateway.connect("reader", LOBBY).send(TYPING);
    ben.send({ ...TYPING, room: "missing" });
    expect(heard(ben)).toEqual([]);
    expect(ben.socket.framesOf("error")).toEqual([]);
  });

  it("[P1] is dropped for a socket under pressure and for one that catches up", () => {
    const held: (() => void)[] = [];
    let isHeld = false;
    const gateway = new TestGateway({
      limits: { typingMaxQueuedBytes: 300 },
      wrapStorage: (storage) => ({
        ...storage,
        readEvents: (view, range, done) => {
          storage.readEvents(view, range, (result) => {
            if (isHeld) held.push(() => done(result));
            else done(result);
          });
        },
      }),
    });
    const ann = gateway.connect("ann", LOBBY);
    const pressed = gateway.connect("ben", LOBBY);
    pressed.socket.isStuck = true;
    ann.send(message(testOpId(), "x".repeat(400)));
    isHeld = true;
    const late = gateway.connect("cat", LOBBY);
    gateway.clock.advance(3_000);
    ann.send(TYPING);
    isHeld = false;
    for (const answer of held) answer();
    pressed.socket.drain();
    gateway.clock.advance(1_000);
    for (const other of [pressed, late]) expect(heard(other)).toEqual([]);
    expect(late.socket.framesOf("synced")).toHaveLength(1);
  });

  it("[P1] is never told again to somebody who comes later", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY);
    ann.send(TYPING);
    const ben = gateway.connect("ben", LOBBY);
    gateway.clock.advance(1_000);
    expect(heard(ben)).toEqual([]);
    expect(gateway.disk.query("SELECT id FROM events")).toEqual([]);
  });
});
