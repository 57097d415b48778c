import type { DownFrame, MsgEvent, UpFrame } from "@confab/sdk/protocol";
import type { Counters } from "./counters.js";
import type { LogOracle } from "./log-oracle.js";
import type { Swarm } from "./swarm.js";
import { readToken } from "./token-office.js";
import { demand } from "./violation.js";

interface WireSubscription {
  readonly ref: number;
  /** Seq the next event must have; absent until `replay` or `reset` said where it starts. */
  next?: number;
}

/** What both sides ever heard about one op. */
export interface OpRecord {
  readonly acks: Set<number>;
  nacks: number;
}

/** What a checker of the wire needs of its world. */
export interface WireTruth {
  readonly oracle: LogOracle;
  readonly counters: Counters;
  readonly outcomes: Map<string, OpRecord>;
  readonly swarm: Swarm;
}

/**
 * Watches one connection at the server's socket: what it sends is the server's duty alone, so a
 * client that repairs a fault cannot hide it. [I1] [I10] [I13] [I15] [I22]
 */
export class WireChecker {
  readonly #oracle: LogOracle;
  readonly #counters: Counters;
  readonly #outcomes: Map<string, OpRecord>;
  readonly #subscriptions = new Map<string, WireSubscription>();
  readonly #snapshotMaxMessages: number;
  readonly #opsHere = new Set<string>();
  #userId = "";
  #isWelcome = false;

  constructor({ oracle, counters, outcomes, swarm }: WireTruth) {
    this.#oracle = oracle;
    this.#counters = counters;
    this.#outcomes = outcomes;
    this.#snapshotMaxMessages = swarm.snapshotMaxMessages;
  }

  /** A frame reached the server. */
  received(frame: UpFrame): void {
    if (frame.t === "hello") {
      this.#userId = readToken(frame.token).userId;
      for (const [room, { ref }] of Object.entries(frame.rooms))
        this.#subscriptions.set(room, { ref });
    }
    if (frame.t === "sub") {
      this.#subscriptions.set(frame.room, { ref: frame.ref });
    }
    if (frame.t === "unsub") this.#subscriptions.delete(frame.room);
    if (frame.t === "op") this.#opsHere.add(frame.id);
  }

  /** The server handed a frame to the socket. */
  sent(frame: DownFrame): void {
    if (frame.t === "welcome") this.#isWelcome = true;
    else if (frame.t !== "bye" && frame.t !== "error") {
      demand(this.#isWelcome, "I22", () => `${frame.t} before welcome`);
    }
    switch (frame.t) {
      case "replay":
        return this.#replay(frame);
      case "reset":
        return this.#reset(frame);
      case "ev":
        return this.#event(frame);
      case "synced":
        return this.#synced(frame);
      case "ack":
        return this.#ack(frame);
      case "nack":
        return this.#nack(frame);
      case "ping":
        return this.#ping(frame);
      default:
    }
  }

  #replay(frame: DownFrame & { t: "replay" }): void {
    const subscription = this.#answered(frame.room, frame.ref);
    demand(subscription.next === undefined, "I13", () => `${frame.room} is replayed twice`);
    subscription.next = frame.from + 1;
    this.#counters.add("replay served");
  }

  #reset(frame: DownFrame & { t: "reset" }): void {
    const subscription = this.#answered(frame.room, frame.ref ?? 0);
    subscription.next = frame.head + 1;
    demand(
      frame.chain === this.#oracle.chainAt(frame.room, frame.head),
      "I15",
      () => `${frame.room} reset chain`,
    );
    const expected = this.#oracle
      .current(frame.room)
      .events.slice(0, frame.head)
      .slice(-this.#snapshotMaxMessages);
    demand(
      expected.length === frame.messages.length &&
        expected.every(
          (event, index) =>
            frame.messages[index]?.id === event.id &&
            frame.messages[index].body === event.payload["body"],
        ),
      "I13",
      () => `${frame.room} reset at ${frame.head} holds other rows than the log`,
    );
    if (frame.why !== "truncated") this.#counters.add(`reset: ${frame.why}`);
  }

  #event(frame: DownFrame & { t: "ev" }): void {
    const subscription = this.#subscriptions.get(frame.room);
    demand(
      subscription?.next !== undefined,
      "I13",
      () => `${frame.room} event without a subscription`,
    );
    demand(
      frame.seq === subscription.next,
      "I13",
      () => `${frame.room} event ${frame.seq} where ${subscription.next ?? 0} is due`,
    );
    subscription.next = frame.seq + 1;
    const stored = this.#oracle.at(frame.room, frame.seq);
    demand(
      stored?.id === frame.id &&
        stored.payload["body"] === (frame as Partial<MsgEvent>).body &&
        stored.by === frame.by &&
        stored.at === frame.at,
      "I1",
      () => `${frame.room} event ${frame.seq} is not what is stored`,
    );
    const isOwn = frame.by === this.#userId;
    const wasAcked = this.#outcome(frame.id).acks.size > 0;
    if (isOwn && !wasAcked && !this.#opsHere.has(frame.id)) {
      this.#counters.add("ack lost, then settled by the log");
    }
  }

  #synced(frame: DownFrame & { t: "synced" }): void {
    const subscription = this.#answered(frame.room, frame.ref);
    demand(
      subscription.next === frame.head + 1,
      "I13",
      () => `${frame.room} synced at ${frame.head} too early`,
    );
    demand(
      frame.chain === this.#oracle.chainAt(frame.room, frame.head),
      "I15",
      () => `${frame.room} synced chain`,
    );
  }

  #ack(frame: DownFrame & { t: "ack" }): void {
    const stored = this.#oracle.at(frame.room, frame.seq);
    demand(
      stored?.id === frame.id && stored.at === frame.at,
      "I1",
      () => `ack of ${frame.id} is not stored at ${frame.seq}`,
    );
    const record = this.#outcome(frame.id);
    demand(record.nacks === 0, "I10", () => `${frame.id} was nacked and is acked`);
    if (record.acks.size > 0) this.#counters.add("duplicate ack served");
    record.acks.add(frame.seq);
    demand(record.acks.size === 1, "I2", () => `${frame.id} was acked at two places`);
  }

  #nack(frame: DownFrame & { t: "nack" }): void {
    const record = this.#outcome(frame.id);
    this.#oracle.refresh(frame.room);
    demand(
      record.acks.size === 0 && this.#oracle.seqOf(frame.room, frame.id) === undefined,
      "I10",
      () => `${frame.id} is in the log and is nacked`,
    );
    if (record.nacks > 0) this.#counters.add("sticky nack served again");
    record.nacks += 1;
  }

  #ping(frame: DownFrame & { t: "ping" }): void {
    for (const [room, [seq, chain]] of Object.entries(frame.heads)) {
      demand(
        chain === this.#oracle.chainAt(room, seq),
        "I15",
        () => `${room} ping chain at ${seq}`,
      );
    }
  }

  #answered(room: string, ref: number): WireSubscription {
    const subscription = this.#subscriptions.get(room);
    demand(
      subscription?.ref === ref,
      "I13",
      () => `${room} answers ref ${ref}, asked was ${subscription?.ref ?? 0}`,
    );
    return subscription;
  }

  #outcome(id: string): OpRecord {
    let record = this.#outcomes.get(id);
    if (record === undefined) {
      record = { acks: new Set(), nacks: 0 };
      this.#outcomes.set(id, record);
    }
    return record;
  }
}
