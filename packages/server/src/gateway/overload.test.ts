import { describe, expect, it } from "vitest";
import { testOpId } from "../testing/op-ids.js";
import { message, TestGateway } from "../testing/test-gateway.js";

/** A gateway that remembers no refusal of anybody any more. */
function createFullGateway(): TestGateway {
  return new TestGateway({
    wrapStorage: (storage) => ({
      ...storage,
      refuse: (_view, _refusal, done) => done({ ok: true, value: { type: "overloaded" } }),
    }),
  });
}

describe("somebody with too many refused ops", () => {
  it("[O2] is neither acked nor nacked, and sent away for a while with 4302", () => {
    const gateway = createFullGateway();
    const ann = gateway.connect("ann");
    const good = message(testOpId(), "good");
    ann.send(good, message(testOpId(), ""), message(testOpId(), "behind it"));
    expect(ann.socket.framesOf("nack")).toEqual([]);
    expect(ann.socket.framesOf("bye")).toEqual([{ t: "bye", code: 4302, after: [1_000, 30_000] }]);
    expect(ann.socket.closes).toEqual([4302]);
    expect(gateway.disk.query("SELECT id FROM events")).toEqual([{ id: good.id }]);
  });

  it("[O2] is told 429 without a socket", () => {
    const gateway = createFullGateway();
    const answers: unknown[] = [];
    const body = JSON.stringify([message(testOpId(), "")]);
    gateway.core.polling.post("ann", body, (answer) => answers.push(answer));
    gateway.clock.settle();
    expect(answers).toEqual([{ ok: false, code: "rate_limited", retryAfterMs: 5_000 }]);
  });
});
