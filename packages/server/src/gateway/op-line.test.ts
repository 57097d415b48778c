import { describe, expect, it } from "vitest";
import { FakeSocket } from "../testing/fake-socket.js";
import { OpLine, type LineFrame, type LineListener, type LineOutcome } from "./op-line.js";

function createLine() {
  const socket = new FakeSocket();
  const running: { id: string; listener: LineListener }[] = [];
  const outcomes: [string, LineOutcome["type"]][] = [];
  const line = new OpLine({
    socket,
    maxUnanswered: 4,
    run: (frame, listener) => void running.push({ id: idOf(frame), listener }),
    onOutcome: (frame, { type }) => void outcomes.push([idOf(frame), type]),
  });
  const push = (...ids: string[]) => {
    for (const id of ids) line.push({ t: "op", room: "lobby", id, k: "msg" });
  };
  return { socket, running, outcomes, line, push };
}

function idOf(frame: LineFrame): string {
  return frame.t === "op" ? frame.id : `read ${String(frame.seq)}`;
}

const ACK: LineOutcome = { type: "ack", seq: 1, at: 1 };

describe("OpLine", () => {
  it("[O6] starts an op when the one before is queued, without waiting for its outcome", () => {
    const { running, push } = createLine();
    push("a", "b", "c");
    expect(running.map(({ id }) => id)).toEqual(["a"]);
    running[0]?.listener.queued();
    running[1]?.listener.queued();
    expect(running.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("[O6] stops reading above its limit and reads on below half of it", () => {
    const { socket, running, push } = createLine();
    push("a", "b", "c", "d");
    expect(socket.isPaused).toBe(false);
    push("e");
    expect(socket.isPaused).toBe(true);
    for (let index = 0; index < 5; index += 1) running[index]?.listener.queued();
    for (let index = 0; index < 2; index += 1) running[index]?.listener.settled(ACK);
    expect(socket.isPaused).toBe(true);
    running[2]?.listener.settled(ACK);
    expect(socket.isPaused).toBe(false);
  });

  it("tells when every started op has its outcome, and forgets those that were not started", () => {
    const { running, line, push, outcomes } = createLine();
    let answered = 0;
    push("a", "b");
    line.dropWaiting();
    line.whenAnswered(() => (answered += 1));
    expect(answered).toBe(0);
    running[0]?.listener.queued();
    running[0]?.listener.settled(ACK);
    expect(answered).toBe(1);
    expect(running).toHaveLength(1);
    expect(outcomes).toEqual([["a", "ack"]]);
  });

  it("does not want an op that is being looked at once its sender is gone", () => {
    const { running, line, push } = createLine();
    push("a");
    expect(running[0]?.listener.isWanted()).toBe(true);
    line.end();
    expect(running[0]?.listener.isWanted()).toBe(false);
  });
});
