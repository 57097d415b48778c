import { describe, expect, it } from "vitest";
import {
  describeTransport,
  type ContractPeer,
  type TransportWorld,
} from "../connection/transport.contract.js";
import { SeededRandom } from "./seeded-random.js";
import { VirtualClock } from "./virtual-clock.js";
import type { VirtualPeer } from "./virtual-link.js";
import { VirtualNetwork } from "./virtual-network.js";

const DEAD_URL = "ws://nobody/";

function build(seed: string) {
  const clock = new VirtualClock();
  const random = new SeededRandom(seed);
  const network = new VirtualNetwork({ clock, random, minDelayMs: 5, maxDelayMs: 50 });
  const peers: (ContractPeer & { readonly peer: VirtualPeer })[] = [];
  network.listen((peer) => {
    const received: string[] = [];
    let isOver = false;
    peers.push({
      peer,
      received,
      get isOver() {
        return isOver;
      },
      send: (message) => {
        peer.send(message);
      },
      close: (code) => {
        peer.close(code);
      },
      terminate: () => {
        peer.terminate();
      },
    });
    return {
      onMessage: (message) => received.push(message),
      onClose: () => (isOver = true),
    };
  });
  return { clock, network, peers };
}

function buildWorld(): Promise<TransportWorld> {
  const { clock, network, peers } = build("contract");
  const dead = new VirtualNetwork({
    clock,
    random: new SeededRandom("dead"),
    minDelayMs: 5,
    maxDelayMs: 50,
  });
  return Promise.resolve({
    openTransport: (url, handlers) =>
      (url === DEAD_URL ? dead : network).openTransport(url, handlers),
    url: "ws://somebody/",
    deadUrl: DEAD_URL,
    peers,
    until(condition) {
      for (let step = 0; step < 1_000 && !condition(); step += 1) clock.advance(1);
      return condition() ? Promise.resolve() : Promise.reject(new Error("it did not happen"));
    },
    rest() {
      clock.advance(1_000);
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  });
}

describeTransport("VirtualNetwork", buildWorld);

describe("faults of a VirtualNetwork", () => {
  function connected(seed: string) {
    const world = build(seed);
    const reports: string[] = [];
    const transport = world.network.openTransport("ws://somebody/", {
      onOpen: () => reports.push("open"),
      onMessage: (message) => reports.push(message),
      onClose: (code) => reports.push(String(code)),
    });
    world.clock.advance(200);
    const [peer] = world.peers;
    const [link] = world.network.links;
    if (!peer || !link) throw new Error("no line");
    return { ...world, transport, reports, peer, link };
  }

  it("a cut lets the first part of what is under way arrive, and both ends hear of it", () => {
    const shares = new Set<number>();
    for (let seed = 0; seed < 40; seed += 1) {
      const { link, transport, peer, clock, reports, network } = connected(`cut ${String(seed)}`);
      const sent = ["a", "b", "c", "d"];
      for (const message of sent) {
        transport.send(message);
        peer.send(message);
      }
      link.cut();
      peer.send("after");
      clock.advance(1_000);
      expect(peer.received).toEqual(sent.slice(0, peer.received.length));
      const heard = reports.slice(1, -1);
      expect(heard).toEqual(sent.slice(0, heard.length));
      expect([reports.at(-1), peer.isOver, network.links.length]).toEqual(["1006", true, 0]);
      shares.add(peer.received.length);
    }
    expect(shares.size).toBeGreaterThan(3);
  });

  it("the server may hear late what a cut lets arrive, in its order, and of the cut last", () => {
    const counts = new Set<number>();
    for (let seed = 0; seed < 40; seed += 1) {
      const { link, transport, peer, clock, reports } = connected(`late ${String(seed)}`);
      for (const message of ["a", "b"]) transport.send(message);
      link.cut(3_000);
      clock.advance(2_900);
      expect([peer.received, peer.isOver, reports]).toEqual([[], false, ["open", "1006"]]);
      clock.advance(1_000);
      expect(peer.received).toEqual(["a", "b"].slice(0, peer.received.length));
      expect(peer.isOver).toBe(true);
      counts.add(peer.received.length);
    }
    expect(counts.size).toBe(3);
  });

  it("a silent line carries nothing and tells nobody", () => {
    const { link, transport, peer, clock, reports } = connected("silent");
    transport.send("lost");
    link.silence();
    peer.send("lost");
    transport.close();
    clock.advance(60_000);
    expect([peer.received, peer.isOver, reports]).toEqual([[], false, ["open"]]);
  });

  it("a server that was killed hears nothing more", () => {
    const { link, transport, peer, clock, reports } = connected("killed");
    link.abandonServer();
    transport.send("into the void");
    link.cut();
    clock.advance(1_000);
    expect([peer.received, peer.isOver, reports]).toEqual([[], false, ["open", "1006"]]);
  });

  it("counts what is sent and not arrived", () => {
    const { peer, clock } = connected("buffered");
    peer.peer.send("12345");
    peer.peer.send("678");
    expect(peer.peer.bufferedBytes()).toBe(8);
    clock.advance(1_000);
    expect(peer.peer.bufferedBytes()).toBe(0);
  });

  it("without a server no line comes about, and one that is cut does not come back", () => {
    const { network, clock } = connected("deaf");
    network.cutAll();
    clock.advance(1_000);
    expect(network.links).toEqual([]);
  });
});
