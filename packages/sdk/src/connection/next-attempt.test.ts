import { describe, expect, it } from "vitest";
import { sampleWelcome } from "../testing/sample-log.js";
import { SeededRandom } from "../testing/seeded-random.js";
import { IDLE_CONNECTION, nextDeadline, stepConnection } from "./connection.machine.js";
import type {
  ConnectionEffect,
  ConnectionInput,
  ConnectionMachineState,
  Moment,
} from "./connection-step.js";

const LOST: ConnectionInput = { t: "lost", code: 1006 };

/** The machine with its own time: inputs in, effects kept. */
class Line {
  state: ConnectionMachineState = IDLE_CONNECTION;
  readonly effects: ConnectionEffect[] = [];
  now = 1_000;
  random = 0;
  isOnline = true;

  do(...inputs: readonly ConnectionInput[]): void {
    for (const input of inputs) {
      const moment: Moment = { now: this.now, random: this.random, isOnline: this.isOnline };
      const { state, effects } = stepConnection(this.state, input, moment);
      this.state = state;
      this.effects.push(...effects);
    }
  }

  /** Time goes on to the next deadline. */
  wait(): void {
    this.now = Math.max(this.now, nextDeadline(this.state));
    this.do({ t: "tick" });
  }

  /** Attempts fail before they open until one goes by HTTP. */
  loseSockets(): void {
    this.do({ t: "want" }, { t: "token" });
    for (let count = 0; count < 3; count += 1) {
      this.do(LOST);
      this.wait();
      this.do({ t: "token" });
    }
  }

  goLive(): void {
    this.do({ t: "opened" }, sampleWelcome());
  }

  /** Lets a live line hear something each second until it is given up; tells how long it was. */
  lifetime(): number {
    const start = this.now;
    for (let count = 0; count < 400 && this.state.status === "live"; count += 1) {
      this.do({ t: "received" });
      this.wait();
    }
    return this.now - start;
  }

  /** By what each attempt went. */
  get vias(): readonly string[] {
    return this.effects.flatMap((effect) => (effect.type === "open" ? effect.via : []));
  }
}

describe("what carries the frames", () => {
  it("[H2] after three sockets that did not open, the next attempt goes by HTTP", () => {
    const line = new Line();
    line.loseSockets();
    expect(line.vias).toEqual(["socket", "socket", "socket", "http"]);
    line.goLive();
    expect(line.state).toMatchObject({ status: "live", via: "http" });
  });

  it("[H2] sockets that never say whether they opened count like those that closed", () => {
    const line = new Line();
    line.do({ t: "want" }, { t: "token" });
    for (let count = 0; count < 3; count += 1) {
      line.wait();
      line.wait();
      line.do({ t: "token" });
    }
    expect(line.vias.at(-1)).toBe("http");
  });

  it("[H4] a socket that opened proves that sockets work, whatever happened on it", () => {
    const line = new Line();
    line.do({ t: "want" }, { t: "token" });
    for (let count = 0; count < 6; count += 1) {
      if (count % 2 === 1) line.do({ t: "opened" });
      line.do(LOST);
      line.wait();
      line.do({ t: "token" });
    }
    expect(line.vias).not.toContain("http");
  });

  it("goes back to sockets when HTTP fails too", () => {
    const line = new Line();
    line.loseSockets();
    line.do({ t: "opened" }, LOST);
    line.wait();
    line.do({ t: "token" });
    expect(line.vias.slice(3)).toEqual(["http", "socket"]);
  });

  it("stays with HTTP when the server was reached by it and asks for patience or a token", () => {
    for (const code of [4200, 4301]) {
      const line = new Line();
      line.loseSockets();
      line.do({ t: "opened" }, { t: "lost", code });
      if (code === 4301) line.wait();
      line.do({ t: "token" });
      expect(line.vias.slice(3)).toEqual(["http", "http"]);
    }
  });

  it("tries a socket ten seconds later, since it may have been the server that was gone", () => {
    const line = new Line();
    line.loseSockets();
    line.goLive();
    expect(line.lifetime()).toBe(10_000);
    line.do({ t: "token" });
    expect(line.vias.slice(3)).toEqual(["http", "socket"]);
    line.goLive();
    expect(line.state).toMatchObject({ status: "live", via: "socket" });
    expect(line.state).toMatchObject({ memory: { unopened: 0, isProbe: false } });
  });

  it("tries a socket every five minutes where sockets are known to fail", () => {
    const line = new Line();
    line.loseSockets();
    line.goLive();
    line.lifetime();
    for (let count = 0; count < 2; count += 1) {
      line.do({ t: "token" }, LOST, { t: "token" });
      line.goLive();
      expect(line.lifetime()).toBe(300_000);
    }
    expect(line.vias.slice(3)).toEqual(["http", "socket", "http", "socket", "http"]);
  });

  it("goes on by HTTP at once when the socket it asked for does not open in 4 s", () => {
    const line = new Line();
    line.loseSockets();
    line.goLive();
    line.lifetime();
    line.do({ t: "token" });
    const asked = line.now;
    line.wait();
    expect(line.now - asked).toBe(4_000);
    line.do({ t: "token" });
    expect(line.vias.slice(3)).toEqual(["http", "socket", "http"]);
    expect(line.now - asked).toBe(4_000);
    line.goLive();
    expect(line.state).toMatchObject({ via: "http", memory: { failures: 0 } });
  });

  it("asks for a socket first after a line by HTTP broke, since the network may be another", () => {
    const line = new Line();
    line.loseSockets();
    line.goLive();
    line.do(LOST);
    line.wait();
    line.do({ t: "token" }, LOST, { t: "token" });
    expect(line.vias.slice(3)).toEqual(["http", "socket", "http"]);
  });

  it("[V2] makes no attempt of any kind without a network", () => {
    const line = new Line();
    line.loseSockets();
    line.goLive();
    line.do(LOST);
    line.wait();
    line.do({ t: "token" });
    line.isOnline = false;
    line.do(LOST);
    expect(line.state).toMatchObject({ status: "waiting", reason: "offline" });
  });
});

describe("the watchdog", () => {
  it("[V1] every state that waits for something has a deadline, which a hint compares too", () => {
    const line = new Line();
    line.do({ t: "want" });
    for (const [status, input] of [
      ["fetching-token", { t: "token" }],
      ["opening", { t: "opened" }],
      ["greeting", undefined],
    ] as const) {
      expect(line.state.status).toBe(status);
      const now = nextDeadline(line.state);
      expect(now).toBeLessThan(line.now + 15_000);
      const moment: Moment = { now, random: 0, isOnline: true };
      for (const t of ["hint", "tick"] as const) {
        expect(stepConnection(line.state, { t }, moment).state.status).toBe("waiting");
      }
      if (input) line.do(input);
    }
  });

  it("[V4] waits for no token for ever, and takes one that comes late for the next attempt", () => {
    const line = new Line();
    line.do({ t: "want" });
    line.wait();
    expect(line.state).toMatchObject({ status: "waiting", reason: "refused" });
    line.do({ t: "token" });
    expect(line.state.status).toBe("waiting");
  });
});

describe("a crowd", () => {
  /** Attempts of 2,000 clients cut at the same moment, by tenth of the window. */
  function spread(windowMs: number, delayOf: (random: SeededRandom) => number): readonly number[] {
    const slots = new Array<number>(10).fill(0);
    for (let client = 0; client < 2_000; client += 1) {
      const delay = delayOf(new SeededRandom(`client ${String(client)}`));
      expect(delay).toBeLessThan(windowMs);
      slots[Math.floor((delay * 10) / windowMs)] =
        (slots[Math.floor((delay * 10) / windowMs)] ?? 0) + 1;
    }
    return slots;
  }

  function waitOf(line: Line): number {
    if (line.state.status !== "waiting") throw new Error(`it is ${line.state.status}`);
    return line.state.retryAt - line.now;
  }

  function liveLine(random: SeededRandom): Line {
    const line = new Line();
    line.do({ t: "want" }, { t: "token" });
    line.goLive();
    line.now += 20_000;
    line.do({ t: "received" });
    line.random = random.number();
    return line;
  }

  it.each([
    [1_000, "that was cut comes back evenly over a second", 0],
    [4_000, "whose fourth attempt failed spreads evenly over four seconds", 4],
  ])("[H4] of 2,000 within %i ms: one %s", (windowMs, _title, failures) => {
    const slots = spread(windowMs, (random) => {
      const line = liveLine(random);
      line.do(LOST);
      for (let count = 0; count < failures; count += 1) {
        line.wait();
        line.random = random.number();
        line.do({ t: "token" }, { t: "opened" }, LOST);
      }
      return waitOf(line);
    });
    // 200 on average; chance alone stays within five standard deviations.
    for (const count of slots) expect(Math.abs(count - 200)).toBeLessThan(70);
  });

  it("[V6] of 2,000 that a restarting server sends away spreads over its window", () => {
    const slots = spread(15_000, (random) => {
      const line = liveLine(random);
      line.do({ t: "bye", code: 4300, after: [0, 15_000] }, { t: "lost", code: 4300 });
      return waitOf(line);
    });
    for (const count of slots) expect(Math.abs(count - 200)).toBeLessThan(70);
  });
});
