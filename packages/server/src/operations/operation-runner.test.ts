import type { AnyOp } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import { OperationRunner, type OpOutcome } from "./operation-runner.js";
import type { Principal } from "../auth/principal.js";
import { testOpId } from "../testing/op-ids.js";
import { TestGateway, type TestGatewayOptions } from "../testing/test-gateway.js";

const ANN: Principal = { id: "ann", name: "Ann", kind: "user" };

function createRunner(options: TestGatewayOptions = {}) {
  const gateway = new TestGateway({ rooms: ["lobby"], ...options });
  const { storage, clock, core } = gateway;
  const runner = new OperationRunner({ storage, rooms: core.rooms, clock });
  const run = (op: object, who = ANN): string[] => {
    const heard: string[] = [];
    const whole = { t: "op", room: "lobby", id: testOpId(), k: "msg", ...op } as AnyOp;
    runner.run(who, whole, {
      isWanted: () => true,
      queued: () => void heard.push("queued"),
      settled: (outcome) => void heard.push(describeOutcome(outcome)),
    });
    clock.settle();
    return heard;
  };
  return { run, gateway };
}

function describeOutcome(outcome: OpOutcome): string {
  if (outcome.type === "ack") return `ack ${String(outcome.seq)}`;
  return outcome.type === "nack" ? `nack ${outcome.code}` : outcome.type;
}

const HI = { body: "hi", format: "text" };

describe("OperationRunner", () => {
  it("[O3] tells the outcome after the op has its place, and once", () => {
    const { run } = createRunner();
    expect(run(HI)).toEqual(["queued", "ack 1"]);
    expect(run({ ...HI, body: "" })).toEqual(["queued", "nack invalid"]);
    expect(run({ k: "dance" })).toEqual(["queued", "nack invalid"]);
    expect(run({ k: "constructor" })).toEqual(["queued", "nack invalid"]);
  });

  it("[O4] acks an op again that is stored, also to somebody who may no longer send", () => {
    const { run } = createRunner();
    const op = { ...HI, id: testOpId() };
    expect(run(op)).toEqual(["queued", "ack 1"]);
    expect(run(op, { ...ANN, kind: "system" })).toEqual(["queued", "ack 1"]);
    expect(run({ ...op, body: "ho" })).toEqual(["queued", "nack conflict"]);
  });

  it("[O5] an op for a room that is not there stays refused when the room comes", () => {
    const { run, gateway } = createRunner();
    const op = { ...HI, id: testOpId(), room: "later" };
    expect(run(op)).toEqual(["queued", "nack not_found"]);
    const room = { id: "later", kind: "public", name: "Later" } as const;
    gateway.storage.openRoom({ room, epoch: "a".repeat(16), at: 1 }, () => undefined);
    gateway.clock.settle();
    expect(run(op)).toEqual(["queued", "nack not_found"]);
    expect(run({ ...HI, room: "later" })).toEqual(["queued", "ack 1"]);
  });

  it("[O11] a fence takes back what is not stored, and tells the place of what is", () => {
    const { run } = createRunner();
    const [late, early] = [testOpId(), testOpId()];
    run({ ...HI, id: late });
    expect(run({ k: "fence", id: late })).toEqual(["queued", "ack 1"]);
    expect(run({ k: "fence", id: early })).toEqual(["queued", "nack cancelled"]);
    expect(run({ ...HI, id: early })).toEqual(["queued", "nack cancelled"]);
  });

  it("[O10] judges the age of a message by the server's clock", () => {
    const { run, gateway } = createRunner();
    const target = testOpId();
    run({ ...HI, id: target });
    gateway.clock.advance(900_000);
    expect(run({ k: "edit", target, body: "in time" })).toEqual(["queued", "ack 2"]);
    gateway.clock.advance(1);
    expect(run({ k: "edit", target, body: "late" })).toEqual(["queued", "nack edit_window"]);
  });

  it("[O2] has no outcome while commits fail", () => {
    const { run, gateway } = createRunner();
    gateway.disk.failWrites();
    expect(run(HI)).toEqual(["queued", "unavailable"]);
    gateway.disk.allowWrites();
    expect(run(HI)).toEqual(["queued", "ack 1"]);
  });
});
