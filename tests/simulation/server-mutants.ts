import type { TextEdit } from "./bundle.js";
import { mutant, type Mutant } from "./mutant.js";

const SERVER = "packages/server/src";
const STORAGE = `${SERVER}/storage`;

const LOST_ANSWER: TextEdit = {
  file: `${SERVER}/gateway/live-session.ts`,
  find: "          this.#shared.hub.doubt(op.room);\n",
  replace: "",
};

/** What may go wrong in storage: numbers, outcomes, rows, words, restores. */
const STORAGE_MUTANTS: readonly Mutant[] = [
  mutant("no-dedup", "the server does not recognise an op it has", /I7|I6|I2/, {
    file: `${STORAGE}/write-batch.ts`,
    find: "return findEarlierOutcome(write) ?? appendEvent(write);",
    replace: "return appendEvent(write);",
  }),
  mutant("forgetful-dedup", "a message is forgotten with its event", /I2|I6|I7|I9|I10/, {
    file: `${STORAGE}/writes/earlier-outcome.ts`,
    find: "?? statements.findMessage.get({ room, id });",
    replace: ";",
  }),
  mutant("unsticky-nack", "a refusal is not remembered", /I10|I6|I9/, {
    file: `${STORAGE}/writes/refuse-op.ts`,
    find: "    insert.run({ room, id, by, at, code, detail: detail ?? null });",
    replace: "    if (code === 'cancelled') insert.run({ room, id, by, at, code, detail: null });",
  }),
  mutant(
    "unsticky-fence",
    "a fence refuses only this once, and a replaced connection lives on",
    /I10/,
    {
      file: `${STORAGE}/writes/refuse-op.ts`,
      find: "    insert.run({ room, id, by, at, code, detail: detail ?? null });",
      replace:
        "    if (code !== 'cancelled') insert.run({ room, id, by, at, code, detail: null });",
    },
    {
      file: `${SERVER}/gateway/gateway.ts`,
      find: "    older?.replace();\n",
      replace: "    void older;\n",
    },
  ),
  mutant("deaf-fence", "a fence does not look whether the op is in the log", /I10/, {
    file: `${STORAGE}/write-batch.ts`,
    find: 'return findEarlierOutcome(write) ?? refuseOp({ ...write, code: "cancelled" });',
    replace: 'return refuseOp({ ...write, code: "cancelled" });',
  }),
  mutant("burned-number", "a refused op burns a number", /I3|I13|I15/, {
    file: `${STORAGE}/writes/append-event.ts`,
    find: 'if ("code" in outcome) return refuse({ ...op, ...outcome });',
    replace: 'if ("code" in outcome) { head.head += 1; return refuse({ ...op, ...outcome }); }',
  }),
  mutant("time-goes-back", "the server's clock decides the time of events alone", /I17/, {
    file: `${STORAGE}/writes/append-event.ts`,
    find: "Math.max(op.at, head.lastAt)",
    replace: "op.at",
  }),
  mutant("counted-replies", "a reply that is only in its thread counts in the room", /I3|I11/, {
    file: `${STORAGE}/writes/append-event.ts`,
    find: 'return change.type === "msg" && change.isInRoom;',
    replace: 'return change.type === "msg";',
  }),
  mutant("words-in-log", "a deleted message keeps its words in the log", /I26/, {
    file: `${STORAGE}/changes/delete-message.ts`,
    find: "    eraseWords(room, id, target.seq);\n",
    replace: "",
  }),
  mutant("words-of-edits", "what a deleted message said after an edit stays in the log", /I26/, {
    file: `${STORAGE}/changes/erase-words.ts`,
    find: "for (const said of [{ seq }, ...edits]) {",
    replace: "for (const said of edits.length > 99 ? edits : [{ seq }]) {",
  }),
  mutant("others-words", "anybody may edit the words of others", /I23/, {
    file: `${STORAGE}/changes/edit-message.ts`,
    find: '  if (target.by !== mustBeBy) return { code: "forbidden" };\n',
    replace: "",
  }),
  mutant("no-rev", "an edit does not move the row's rev", /I5/, {
    file: `${STORAGE}/changes/edit-message.ts`,
    find: '      rev: sql`${value("seq")}`,\n',
    replace: "",
  }),
  mutant("lost-reply", "the deletion of a reply leaves the count of its thread", /I5/, {
    file: `${STORAGE}/changes/delete-message.ts`,
    find: "    if (target.thread !== null) statements.removeReply.run(",
    replace: "    if (target.thread === '') statements.removeReply.run(",
  }),
  mutant("unread-own", "sending does not move one's own read position", /I16|I11/, {
    file: `${STORAGE}/writes/append-event.ts`,
    find:
      '    if (kind === "msg") membership.raise(actor, place);\n' +
      "    else membership.add(actor);",
    replace: "    membership.add(actor);",
  }),
  mutant("lowered-register", "the last word on a read position wins, not the largest", /I16/, {
    file: `${STORAGE}/writes/membership.ts`,
    find: "${members.readSeq} IS NULL OR ${members.readSeq} < excluded.read_seq",
    replace: "1 = 1",
  }),
  mutant(
    "generation-ignored",
    "a database put back from a copy is trusted",
    /I5|I7|I9|I15|I20/,
    {
      file: `${STORAGE}/generation/claim-database.ts`,
      find: "if (stored !== undefined && agrees(stored, known))",
      replace: "if (stored !== undefined)",
    },
    {
      file: `${SERVER}/sync/judge-cursor.ts`,
      find: '  if (cursor.chain !== position.chainAt) return "chain";\n',
      replace: "",
    },
  ),
  mutant("chain-ignored", "a cursor is accepted whatever its past", /I20/, {
    file: `${SERVER}/sync/judge-cursor.ts`,
    find: '  if (cursor.chain !== position.chainAt) return "chain";\n',
    replace: "",
  }),
  mutant(
    "start-not-moved",
    "a log that was trimmed does not say where it begins",
    /I13|I16|I7|I1/,
    {
      file: `${STORAGE}/writes/forget-old.ts`,
      find: "      statements.moveStart.run({ room, minSeq: seq + 1, minChain: chain });\n",
      replace: "",
    },
  ),
];

/** What may go wrong between storage and sockets: order, outcomes, subscriptions. */
const GATEWAY_MUTANTS: readonly Mutant[] = [
  mutant("overtaking", "ops behind a failed batch are committed all the same", /I6/, {
    file: `${STORAGE}/commit-queue.ts`,
    find: "failAll([...batch, ...this.#waiting.splice(0)], result.cause)",
    replace: "failAll(batch, result.cause)",
  }),
  mutant("unlooked-room", "ops are stored behind one whose room could not be looked up", /I6/, {
    file: `${SERVER}/operations/operation-runner.ts`,
    find: '  listener.settled({ type: "unavailable", cause });\n  listener.queued();',
    replace: '  listener.queued();\n  listener.settled({ type: "unavailable", cause });',
  }),
  mutant("transient-nack", "a failure of the disk is told as a refusal", /I10|I9|I7/, {
    file: `${SERVER}/operations/operation-runner.ts`,
    find: 'if (!result.ok) return { type: "unavailable", cause: result.cause };',
    replace: 'if (!result.ok) return { type: "nack", code: "conflict" };',
  }),
  mutant("ack-before-commit", "an op is acknowledged when its commit begins", /I1/, {
    file: `${STORAGE}/commit-queue.ts`,
    find: "    this.#isCommitting = true;\n    this.#executor.execute(\n      batch",
    replace:
      "    this.#isCommitting = true;\n" +
      "    settle(batch, batch.map(() => ({ type: 'duplicate', seq: 1, at: 1 })));\n" +
      "    this.#executor.execute(\n      batch",
  }),
  mutant("silent-failure", "a connection goes on after storage did not answer", /I6|I7/, {
    file: `${SERVER}/gateway/live-session.ts`,
    find: '      case "unavailable":\n        onStorageFailure(outcome.cause);',
    replace: '      case "unavailable":',
  }),
  mutant(
    "lost-answer",
    "an event whose commit lost its answer is told to nobody",
    /I7|I5/,
    LOST_ANSWER,
  ),
  mutant("late-listener", "the listener is registered after the log was read", /I13|I7|I5/, {
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
  mutant(
    "wrong-snapshot",
    "a snapshot of an older head is served from memory",
    /I20|I13|I15|I16|I9|I7|I5/,
    {
      file: `${SERVER}/sync/room-sync.ts`,
      find: "const isFresh = cached?.head === head && cached.epoch === epoch;",
      replace: "const isFresh = cached?.epoch === epoch;",
    },
  ),
  mutant("late-token", "a token that has run out renews a connection", /I22/, {
    file: `${SERVER}/gateway/session-token.ts`,
    find: '      if (!authentication.ok) return done({ type: "renewal-refused" });',
    replace:
      "      if (!authentication.ok)" +
      ' return done({ type: "renewed", remainingMs: 3_600_000, user: "same" });',
  }),
  mutant("typing-echo", "people are told that they type themselves", /I18/, {
    file: `${SERVER}/gateway/typing.ts`,
    find: "if (subscription.user !== id) subscription.deliverTyping(frame);",
    replace: "subscription.deliverTyping(frame);",
  }),
];

/** Deliberate bugs of the server. */
export const SERVER_MUTANTS: readonly Mutant[] = [...STORAGE_MUTANTS, ...GATEWAY_MUTANTS];
