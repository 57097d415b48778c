import type { TextEdit } from "./bundle.js";

/** A deliberate bug, what it would mean, and the invariants of which one must notice it. */
export interface Mutant {
  readonly id: string;
  readonly story: string;
  readonly edits: readonly TextEdit[];
  readonly expected: RegExp;
}

const SERVER = "packages/server/src";
const SDK = "packages/sdk/src";

const LOST_ANSWER: TextEdit = {
  file: `${SERVER}/gateway/live-session.ts`,
  find: 'if (outcome.type === "unavailable") this.#shared.hub.doubt(op.room);',
  replace: "",
};

/** When the code under a mutant changes, the gate says so and the mutant is written anew. */
export const MUTANTS: readonly Mutant[] = [
  mutant("no-dedup", "the server does not recognise an op it has", /I7|I6|I2/, {
    file: `${SERVER}/storage/write-batch.ts`,
    find: "return findEarlierOutcome(write, statements) ?? performFirst(",
    replace: "return performFirst(",
  }),
  mutant("burned-number", "a refused op burns a number", /I3|I13|I15/, {
    file: `${SERVER}/storage/write-batch.ts`,
    find: "  statements.insertRejection.run(",
    replace: "  head.head += 1;\n  statements.insertRejection.run(",
  }),
  mutant("time-goes-back", "the server's clock decides the time of events alone", /I17/, {
    file: `${SERVER}/storage/write-batch.ts`,
    find: "Math.max(op.at, head.lastAt)",
    replace: "op.at",
  }),
  mutant("overtaking", "ops behind a failed batch are committed all the same", /I6/, {
    file: `${SERVER}/storage/commit-queue.ts`,
    find: "failAll([...batch, ...this.#waiting.splice(0)], result.cause)",
    replace: "failAll(batch, result.cause)",
  }),
  mutant("unlooked-room", "ops are stored behind one whose room could not be looked up", /I6/, {
    file: `${SERVER}/operations/operation-runner.ts`,
    find: "  listener.settled(outcome);\n  listener.queued();",
    replace: "  listener.queued();\n  listener.settled(outcome);",
  }),
  mutant("transient-nack", "a failure of the disk is told as a refusal", /I10|I9|I7/, {
    file: `${SERVER}/operations/operation-runner.ts`,
    find: 'if (!result.ok) return { type: "unavailable", cause: result.cause };',
    replace: 'if (!result.ok) return { type: "nack", code: "conflict" };',
  }),
  mutant("ack-before-commit", "an op is acknowledged when its commit begins", /I1/, {
    file: `${SERVER}/storage/commit-queue.ts`,
    find: "    this.#isCommitting = true;\n    this.#executor.execute(\n      batch",
    replace:
      "    this.#isCommitting = true;\n" +
      "    settle(batch, batch.map(() => ({ type: 'duplicate', seq: 1, at: 1 })));\n" +
      "    this.#executor.execute(\n      batch",
  }),
  mutant("silent-failure", "a connection goes on after storage did not answer", /I6|I7/, {
    file: `${SERVER}/gateway/live-session.ts`,
    find: '      case "unavailable":\n        this.#parts.onStorageFailure(outcome.cause);',
    replace: '      case "unavailable":',
  }),
  mutant(
    "lost-answer",
    "an event whose commit lost its answer is told to nobody",
    /I7/,
    LOST_ANSWER,
  ),
  mutant("late-listener", "the listener is registered after the log was read", /I13|I7/, {
    file: `${SERVER}/gateway/subscription.ts`,
    find: "    this.#parts.hub.join(this.roomId, this);\n    this.#parts.wantsToRead(this);",
    replace:
      "    this.#parts.sync.readAfter(this.#parts.view, 0, () => {\n" +
      "      this.#parts.wantsToRead(this);\n    });",
  }),
  mutant("live-in-replay", "live events are sent in the middle of a replay", /I13/, {
    file: `${SERVER}/gateway/subscription.ts`,
    find: 'if (this.#phase !== "live" || event.seq <= this.#seq) return;',
    replace: 'if (this.#phase === "ended" || event.seq <= this.#seq) return;',
  }),
  mutant(
    "server-gap",
    "the hub sends what comes, whether or not it is next",
    /I13/,
    {
      file: `${SERVER}/gateway/subscription.ts`,
      find: "if (event.seq !== this.#seq + 1) {",
      replace: "if (event.seq < this.#seq) {",
    },
    LOST_ANSWER,
  ),
  mutant("wrong-snapshot", "a snapshot of an older head is served from memory", /I13|I15|I9|I7/, {
    file: `${SERVER}/sync/room-sync.ts`,
    find: "const isFresh = cached?.head === head && cached.epoch === epoch;",
    replace: "const isFresh = cached?.epoch === epoch;",
  }),
  mutant("no-resend", "the client does not send again what was not answered", /I7/, {
    file: `${SDK}/outbox/outbox.machine.ts`,
    find: 'return isSent ? { ...entry, progress: { status: "queued" } } :',
    replace: "return",
  }),
  mutant("new-id", "an op that is sent again gets another id", /I2|I5|I6|I7|I9/, {
    file: `${SDK}/outbox/outbox.machine.ts`,
    find: 'return isSent ? { ...entry, progress: { status: "queued" } } :',
    replace:
      'const id = entry.id.slice(0, -1) + (entry.id.endsWith("0") ? "1" : "0");\n' +
      "  const frame = entry.frame.replace(entry.id, id);\n" +
      '  return isSent ? { ...entry, id, frame, progress: { status: "queued" } } :',
  }),
  mutant("resend-backwards", "what is sent again goes out newest first", /I6/, {
    file: `${SDK}/outbox/outbox.machine.ts`,
    find: "const frames = due.map((entry) => entry.frame);",
    replace: "const frames = due.map((entry) => entry.frame).reverse();",
  }),
  mutant("flicker", "an acked message disappears until the log brings it", /I9/, {
    file: `${SDK}/outbox/outbox.machine.ts`,
    find: "return forget(state, input.room, (_, acked) => acked.seq <= input.seq);",
    replace: "return forget(state, input.room, () => true);",
  }),
  mutant("vanishing-failure", "a refused message is thrown away with its text", /I9/, {
    file: `${SDK}/outbox/outbox.machine.ts`,
    find: "  if (!entry || !isUnanswered(entry)) return still(state);",
    replace: '  if (progress.status === "failed") return still(without(state, id));',
  }),
  mutant("no-liveness", "the client believes a silent line for ever", /I7/, {
    file: `${SDK}/connection/liveness.ts`,
    find: "liveness.frameAt > liveness.heartbeatMs + GRACE_MS || now >= liveness.probeUntil;",
    replace: "liveness.frameAt > Number.MAX_SAFE_INTEGER;",
  }),
  mutant("merging-reset", "a snapshot is added to what was held", /I4|I5/, {
    file: `${SDK}/log/room-log.machine.ts`,
    find: "    rows,\n    hasOlder: frame.hasMore,",
    replace: "    rows: [...state.rows, ...rows],\n    hasOlder: frame.hasMore,",
  }),
  mutant("deaf-after-replay", "the client drops what follows the answer to its request", /I7/, {
    file: `${SDK}/log/room-log.machine.ts`,
    find: '? stay({ ...state, status: "catching-up" }) : stay(state);',
    replace: "? stay(state) : stay(state);",
  }),
  mutant("page-overlap", "a history page is put in front with the rows already shown", /I4|I5/, {
    file: `${SDK}/log/merge-page.ts`,
    find: "return { ...state, rows: [...older, ...rows],",
    replace: "return { ...state, rows: [...older, ...older.slice(-1), ...rows],",
  }),
];

function mutant(
  id: string,
  story: string,
  expected: RegExp,
  ...edits: readonly TextEdit[]
): Mutant {
  return { id, story, expected, edits };
}
