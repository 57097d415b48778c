import { describe, expect, it } from "vitest";
import { TestGateway, type TestConnection } from "../testing/test-gateway.js";

const LOBBY = { lobby: { ref: 1 } };

function heard({ socket }: TestConnection) {
  return socket.framesOf("presence");
}

function online(user: string) {
  return { user, state: "online", author: { name: user, kind: "user" } };
}

describe("[P2] presence", () => {
  it("[P2] everybody who is here is told after synced, and who comes within a second", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY);
    expect(heard(ann)).toEqual([
      { t: "presence", room: "lobby", full: true, changes: [online("ann")] },
    ]);
    const types = ann.socket.frames.map(({ t }) => t);
    expect(types.indexOf("presence")).toBe(types.indexOf("synced") + 1);
    gateway.clock.advance(5_000);
    const ben = gateway.connect("ben", LOBBY);
    expect(heard(ben)).toMatchObject([{ full: true, changes: [online("ann"), online("ben")] }]);
    gateway.clock.advance(999);
    const before = heard(ann).length;
    gateway.clock.advance(1);
    expect(heard(ann).slice(before)).toEqual([
      { t: "presence", room: "lobby", changes: [online("ben")] },
    ]);
  });

  it("[P2] nobody is told that they came themselves", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY);
    gateway.clock.advance(5_000);
    expect(heard(ann)).toHaveLength(1);
    const tabs = ["a", "b"].map((tab) => gateway.connect("ben", LOBBY, tab));
    gateway.clock.advance(500);
    const cat = gateway.connect("cat", LOBBY);
    gateway.clock.advance(5_000);
    expect(heard(ann).slice(1)).toMatchObject([{ changes: [online("ben"), online("cat")] }]);
    for (const tab of tabs) {
      expect(heard(tab).slice(1)).toMatchObject([{ changes: [online("cat")] }]);
    }
    expect(JSON.stringify(heard(cat).slice(1))).not.toContain('"cat"');
  });

  it("[P2] comings and goings of a second are one frame", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY);
    gateway.clock.advance(5_000);
    const before = heard(ann).length;
    for (const user of ["ben", "cat", "dan"]) gateway.connect(user, LOBBY);
    gateway.clock.advance(5_000);
    expect(heard(ann).slice(before)).toMatchObject([
      { changes: [online("ben"), online("cat"), online("dan")] },
    ]);
  });

  it.each([
    ["the connection is gone", (ben: TestConnection) => ben.session.closed()],
    ["the room is left", (ben: TestConnection) => ben.send({ t: "unsub", room: "lobby" })],
  ])("[P2] when %s a person is here for fifteen more seconds", (_case, goes) => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben", LOBBY);
    gateway.clock.advance(5_000);
    const before = heard(ann).length;
    goes(ben);
    gateway.clock.advance(15_999);
    expect(heard(ann)).toHaveLength(before);
    gateway.clock.advance(1);
    expect(heard(ann).slice(before)).toEqual([
      { t: "presence", room: "lobby", changes: [{ user: "ben", state: "offline" }] },
    ]);
  });

  it("[P2] who comes back in time was never away, and the time begins anew", () => {
    const gateway = new TestGateway({ limits: { silenceMs: 1_000_000 } });
    const ann = gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben", LOBBY);
    gateway.clock.advance(5_000);
    const before = heard(ann).length;
    ben.session.closed();
    gateway.clock.advance(14_000);
    const again = gateway.connect("ben", LOBBY);
    gateway.clock.advance(30_000 - 5_000);
    expect(heard(ann)).toHaveLength(before);
    again.session.closed();
    gateway.clock.advance(15_999);
    expect(heard(ann)).toHaveLength(before);
    gateway.clock.advance(1);
    expect(heard(ann)).toHaveLength(before + 1);
  });

  it("[P2] who comes back before the others were told was never away either", () => {
    const gateway = new TestGateway({ limits: { silenceMs: 1_000_000 } });
    const ann = gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben", LOBBY);
    gateway.clock.advance(5_000);
    const before = heard(ann).length;
    ben.session.closed();
    gateway.clock.advance(15_500);
    gateway.connect("ben", LOBBY);
    gateway.clock.advance(5_000);
    expect(heard(ann)).toHaveLength(before);
  });

  it("[P2] who comes back in that second is news to who came in between", () => {
    const gateway = new TestGateway({ limits: { silenceMs: 1_000_000 } });
    gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben", LOBBY);
    gateway.clock.advance(5_000);
    ben.session.closed();
    gateway.clock.advance(15_400);
    const cat = gateway.connect("cat", LOBBY);
    expect(heard(cat)).toMatchObject([{ full: true, changes: [online("ann"), online("cat")] }]);
    gateway.connect("ben", LOBBY);
    gateway.clock.advance(5_000);
    expect(heard(cat).slice(1)).toMatchObject([{ changes: [online("ben")] }]);
  });

  it("[P2] a person is here while any of their connections follows the room", () => {
    const gateway = new TestGateway({ limits: { silenceMs: 1_000_000 } });
    const ann = gateway.connect("ann", LOBBY);
    const tabs = ["a", "b"].map((tab) => gateway.connect("ben", LOBBY, tab));
    gateway.clock.advance(5_000);
    const before = heard(ann).length;
    tabs[0]?.session.closed();
    gateway.clock.advance(60_000);
    expect(heard(ann)).toHaveLength(before);
    tabs[1]?.session.closed();
    gateway.clock.advance(60_000);
    expect(heard(ann)).toHaveLength(before + 1);
  });

  it("[P2] somebody who subscribes again counts once", () => {
    const gateway = new TestGateway({ limits: { silenceMs: 1_000_000 } });
    const ann = gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben", LOBBY);
    for (const ref of [2, 3, 4]) ben.send({ t: "sub", room: "lobby", ref });
    gateway.clock.advance(5_000);
    const before = heard(ann).length;
    ben.session.closed();
    gateway.clock.advance(16_000);
    expect(heard(ann).slice(before)).toMatchObject([{ changes: [{ user: "ben" }] }]);
  });

  it("[P2] above the limit it is a number, and everybody again once they are few", () => {
    const gateway = new TestGateway({ limits: { presenceMaxUsers: 3, silenceMs: 1_000_000 } });
    const ann = gateway.connect("ann", LOBBY);
    const others = ["ben", "cat", "dan"].map((user) => gateway.connect(user, LOBBY));
    expect(others.map((other) => heard(other)[0]?.count)).toEqual([undefined, undefined, 4]);
    gateway.clock.advance(1_000);
    expect(heard(ann).at(-1)).toEqual({ t: "presence", room: "lobby", count: 4 });
    const eve = gateway.connect("eve", LOBBY);
    gateway.clock.advance(1_000);
    expect(heard(ann).at(-1)).toEqual({ t: "presence", room: "lobby", count: 5 });
    eve.session.closed();
    others[2]?.session.closed();
    gateway.clock.advance(16_000);
    expect(heard(ann).at(-1)).toEqual({
      t: "presence",
      room: "lobby",
      full: true,
      changes: ["ann", "ben", "cat"].map(online),
    });
    others[1]?.session.closed();
    gateway.clock.advance(16_000);
    expect(heard(ann).at(-1)).toMatchObject({ changes: [{ user: "cat", state: "offline" }] });
  });

  it("[P2] each room has its own, and nobody hears of one they do not follow", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY);
    gateway.connect("ben", { "room-1": { ref: 1 } });
    gateway.clock.advance(5_000);
    expect(heard(ann).every(({ room }) => room === "lobby")).toBe(true);
    expect(JSON.stringify(heard(ann))).not.toContain("ben");
  });

  it("[V6] a drained gateway plans nothing any more", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", LOBBY);
    ann.send({ t: "typing", room: "lobby" }, { t: "read", room: "lobby", seq: 1 });
    gateway.core.gateway.drain(() => undefined);
    gateway.clock.advance(4_000);
    ann.session.closed();
    expect(gateway.clock.waitingCount).toBe(0);
  });
});
