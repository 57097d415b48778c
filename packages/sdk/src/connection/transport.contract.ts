import { describe, expect, it } from "vitest";
import type { OpenTransport, Transport } from "./transport.js";

/** The server's end of one line, as the contract sees it. */
export interface ContractPeer {
  /** Messages that arrived, in order. */
  readonly received: readonly string[];
  /** The line is over at this end. */
  readonly isOver: boolean;
  send(message: string): void;
  close(code: number): void;
  terminate(): void;
}

/** A transport with a server to talk to. */
export interface TransportWorld {
  readonly openTransport: OpenTransport;
  readonly url: string;
  /** An address where nobody answers. */
  readonly deadUrl: string;
  /** Every line the server ever got, oldest first. */
  readonly peers: readonly ContractPeer[];
  /** Lets things happen until the condition holds; throws when it does not in good time. */
  until(condition: () => boolean): Promise<void>;
  /** Lets happen what is under way. */
  rest(): Promise<void>;
  end(): Promise<void>;
}

/** What a transport reported, in order. */
interface Line {
  readonly transport: Transport;
  readonly reports: string[];
}

/** What every transport does, whatever carries it. */
export function describeTransport(name: string, build: () => Promise<TransportWorld>): void {
  describe(name, () => {
    it("[H5] opens one line, later, and reports it once", () =>
      within(async (world) => {
        const { reports } = open(world);
        expect(reports).toEqual([]);
        await world.until(() => reports.length > 0);
        await world.rest();
        expect(reports).toEqual(["open"]);
        expect(world.peers).toHaveLength(1);
      }));

    it("carries messages both ways, whole and in order", () =>
      within(async (world) => {
        const { transport, reports, peer } = await opened(world);
        const messages = ["[]", '["ü👋\\n"]', `["${"x".repeat(40_000)}"]`, "[4]"];
        for (const message of messages) transport.send(message);
        await world.until(() => peer.received.length === 4);
        for (const message of peer.received) peer.send(message);
        await world.until(() => reports.length === 5);
        expect(reports).toEqual(["open", ...messages.map((message) => `message ${message}`)]);
      }));

    it("[V4] reports the code a server closes with, once", () =>
      within(async (world) => {
        const { reports, peer } = await opened(world);
        peer.close(4201);
        await world.until(() => reports.length > 1);
        await world.rest();
        expect(reports).toEqual(["open", "close 4201"]);
      }));

    it("[H5] reports a broken line with a code of the network, and makes no further attempt", () =>
      within(async (world) => {
        const { reports, peer } = await opened(world);
        peer.terminate();
        await world.until(() => reports.length > 1);
        await world.rest();
        expect(reports).toEqual(["open", expect.stringMatching(/^close 10\d\d$/)]);
        expect(world.peers).toHaveLength(1);
      }));

    it("[H5] reports that nobody answers, once, and makes no further attempt", () =>
      within(async (world) => {
        const { reports } = open({ ...world, url: world.deadUrl });
        await world.until(() => reports.length > 0);
        await world.rest();
        expect(reports).toEqual([expect.stringMatching(/^close 10\d\d$/)]);
        expect(world.peers).toEqual([]);
      }));

    it("[V2] reports nothing after it was closed, whatever still arrives", () =>
      within(async (world) => {
        const { transport, reports, peer } = await opened(world);
        peer.send("[1]");
        transport.close();
        transport.close();
        peer.send("[2]");
        await world.until(() => peer.isOver);
        await world.rest();
        expect(reports).toEqual(["open"]);
      }));

    it("[V2] closed before it opened, it never opens", () =>
      within(async (world) => {
        const { transport, reports } = open(world);
        transport.close();
        await world.rest();
        expect(reports).toEqual([]);
        expect(world.peers.filter((peer) => !peer.isOver)).toEqual([]);
      }));

    it("loses quietly what is sent before it opened", () =>
      within(async (world) => {
        const { transport, reports } = open(world);
        transport.send("[early]");
        await world.until(() => reports.length > 0);
        transport.send("[late]");
        await world.until(() => (world.peers[0]?.received.length ?? 0) > 0);
        await world.rest();
        expect(world.peers[0]?.received).toEqual(["[late]"]);
      }));
  });

  async function within(play: (world: TransportWorld) => Promise<void>): Promise<void> {
    const world = await build();
    try {
      await play(world);
    } finally {
      await world.end();
    }
  }
}

function open(world: TransportWorld): Line {
  const reports: string[] = [];
  const transport = world.openTransport(world.url, {
    onOpen: () => reports.push("open"),
    onMessage: (message) => reports.push(`message ${message}`),
    onClose: (code) => reports.push(`close ${String(code)}`),
  });
  return { transport, reports };
}

async function opened(world: TransportWorld): Promise<Line & { readonly peer: ContractPeer }> {
  const line = open(world);
  await world.until(() => line.reports.length > 0 && world.peers.length > 0);
  const [peer] = world.peers;
  if (peer === undefined) throw new Error("the server got no line");
  return { ...line, peer };
}
