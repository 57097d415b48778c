import { mutant, type Mutant } from "./mutant.js";

const SDK = "packages/sdk/src";
const OUTBOX = `${SDK}/outbox/outbox.machine.ts`;
const QUEUE = `${SDK}/outbox/outbox-queue.ts`;
const LOG = `${SDK}/log/room-log.machine.ts`;

/** Deliberate bugs of the client. */
export const SDK_MUTANTS: readonly Mutant[] = [
  mutant("no-resend", "the client does not send again what was not answered", /I7/, {
    file: OUTBOX,
    find: 'return isSent ? { ...entry, progress: { status: "queued" } } :',
    replace: "return",
  }),
  mutant("new-id", "an op that is sent again gets another id", /I2|I5|I6|I7|I9|I12/, {
    file: OUTBOX,
    find: 'return isSent ? { ...entry, progress: { status: "queued" } } :',
    replace:
      'const id = entry.id.slice(0, -1) + (entry.id.endsWith("0") ? "1" : "0");\n' +
      "  const frame = entry.frame.replace(entry.id, id);\n" +
      '  return isSent ? { ...entry, id, frame, progress: { status: "queued" } } :',
  }),
  mutant("resend-backwards", "what is sent again goes out newest first", /I6|I10/, {
    file: QUEUE,
    find: 'return { entries: next, effects: [{ type: "transmit", frames, isAlone }] };',
    replace:
      "return { entries: next," +
      ' effects: [{ type: "transmit", frames: frames.reverse(), isAlone }] };',
  }),
  mutant("sent-unkept", "an op is sent before it is written down", /I9/, {
    file: QUEUE,
    find: "const barrier = inWindow.findIndex((entry) => entry.writesOwed > 0);",
    replace: "const barrier = -1;",
  }),
  mutant("fence-nowhere", "a discarded op is dropped though it may have been sent", /I10|I9|I5/, {
    file: OUTBOX,
    find: "it.fence && !it.wasSent && it.writesOwed === 0",
    replace: "it.fence && it.writesOwed === 0",
  }),
  mutant("fence-last", "a fence goes to the end of the outbox", /I6|I10|I5/, {
    file: OUTBOX,
    find: "    state: replace(state, fenced),\n",
    replace:
      "    state: { ...state, entries:" +
      " [...state.entries.filter((it) => it.id !== fenced.id), fenced] },\n",
  }),
  mutant("adopted-backwards", "what another tab left is put in the wrong order", /I6|I5/, {
    file: OUTBOX,
    find: "...adopted, ...state.entries.slice(place)];",
    replace: "...adopted.reverse(), ...state.entries.slice(place)];",
  }),
  mutant("nothing-adopted", "what another tab left stays where it is", /I9/, {
    file: OUTBOX,
    find: "...adopted, ...state.entries.slice(place)];",
    replace: "...(adopted.length > 999 ? adopted : []), ...state.entries.slice(place)];",
  }),
  mutant("flicker", "an acked message disappears until the log brings it", /I9|I5/, {
    file: OUTBOX,
    find: "return forget(state, input.room, (_, seq) => seq <= input.seq);",
    replace: "return forget(state, input.room, () => true);",
  }),
  mutant("stays-on-top", "an acked change stays on top of what the log says", /I5|I7/, {
    file: OUTBOX,
    find: "return forget(state, input.room, (_, seq) => seq <= input.seq);",
    replace:
      'return forget(state, input.room, ({ op }, seq) => op.k !== "edit" && seq <= input.seq);',
  }),
  mutant("vanishing-failure", "a refused message is thrown away with its text", /I9/, {
    file: OUTBOX,
    find: "  if (!hasWords || entry.fence",
    replace: '  if (code !== "" || !hasWords || entry.fence',
  }),
  mutant("no-liveness", "the client believes a silent line for ever", /I7|I19/, {
    file: `${SDK}/connection/liveness.ts`,
    find: "liveness.frameAt > liveness.heartbeatMs + GRACE_MS || now >= liveness.probeUntil;",
    replace: "liveness.frameAt > Number.MAX_SAFE_INTEGER;",
  }),
  mutant("merging-reset", "a snapshot is added to what was held", /I4|I5|I7/, {
    file: LOG,
    find: "    rows,\n    hasOlder: frame.hasMore,",
    replace: "    rows: [...state.rows, ...rows],\n    hasOlder: frame.hasMore,",
  }),
  mutant("refused-reset", "a snapshot with a lower head is not obeyed", /I7|I5|I13|I20/, {
    file: LOG,
    find: "return obeys(state, input) ? reset(state, input) : stay(state);",
    replace:
      "return obeys(state, input) && input.head >= (state.cursor?.seq ?? 0)" +
      " ? reset(state, input) : stay(state);",
  }),
  mutant("deaf-after-replay", "the client drops what follows the answer to its request", /I7/, {
    file: LOG,
    find: '? stay({ ...state, status: "catching-up" }) : stay(state);',
    replace: "? stay(state) : stay(state);",
  }),
  mutant("page-overlap", "a history page is put in front with the rows already shown", /I4|I5/, {
    file: `${SDK}/log/merge-page.ts`,
    find: "return { ...state, rows: [...older, ...rows],",
    replace: "return { ...state, rows: [...older, ...older.slice(-1), ...rows],",
  }),
  mutant(
    "applied-twice",
    "an event changes a row that has it already, on a page that came before the event",
    /I5/,
    {
      file: `${SDK}/log/apply-event.ts`,
      find: "if (event.seq <= row.rev || !isKnown(event)) return row;",
      replace: "if (!isKnown(event)) return row;",
    },
    {
      file: `${SDK}/log/merge-page.ts`,
      find: "page.asOf > cursor.seq;",
      replace: "page.asOf > cursor.seq + 999;",
    },
  ),
  mutant("undeleted", "a deletion leaves the words on the screen", /I5/, {
    file: `${SDK}/log/apply-event.ts`,
    find: 'return { ...rest, body: "", deletedAt: event.at };',
    replace: "return { ...rest, deletedAt: event.at };",
  }),
  mutant("counted-by-push", "each message that arrives is one more to read", /I11/, {
    file: `${SDK}/reading/reading-view.ts`,
    find: "unread: Math.max(0, count - readCount),",
    replace: "unread: Math.max(0, room.toldHead - readSeq),",
  }),
  mutant(
    "slot-lost",
    "a read position said on a line that broke is not said again",
    /I11|I16|I30/,
    {
      file: `${SDK}/reading/reading.machine.ts`,
      find: "      return { ...state, isLive: false, slot: { ...slot, sayAt: moment.now } };",
      replace: "      return { ...state, isLive: false, slot: undefined };",
    },
  ),
  mutant("token-loop", "a refused token is shown again at once, and again", /I22|I7|I19/, {
    file: `${SDK}/connection/token-source.ts`,
    find: "    this.#token = undefined;\n    this.#reason = reason;",
    replace: "    this.#reason = reason;",
  }),
  mutant("comes-back", "a client that was told to stop comes back", /I24/, {
    file: `${SDK}/protocol/close-codes.ts`,
    find: '  if (code >= 4500 && code < 5000) return "stop";\n',
    replace: "",
  }),
  mutant("second-refresh", "each refused token is followed by another at once", /I22/, {
    file: `${SDK}/connection/connection.machine.ts`,
    find: "begin({ ...memory, didRefresh: true }, moment);",
    replace: "begin(memory, moment);",
  }),
  mutant("parallel-posts", "ops without a socket are posted at the same time", /I6|I10/, {
    file: `${SDK}/connection/http-transport.ts`,
    find: "if (this.#isPosting || this.#isOver || !body) return;",
    replace: "if (this.#isOver || !body) return;",
  }),
  mutant("pending-thread", "a thread opened on a message on its way stays failed", /I7/, {
    file: `${SDK}/thread/thread-core.ts`,
    find: "      this.#isRootNew = true;\n      this.refresh();\n",
    replace: "",
  }),
  mutant(
    "nobodys-messages",
    "a tab not welcomed yet does not know its user's messages",
    /I5/,
    {
      file: `${SDK}/chat-storage.ts`,
      find: "    facts.presume(this.user);\n",
      replace: "",
    },
    {
      file: `${SDK}/chat-storage.ts`,
      find: "    if (me && !facts.me) facts.meet(me);\n",
      replace: "",
    },
  ),
  mutant("short-token-loop", "without a socket, a short token is renewed in a loop", /I22/, {
    file: `${SDK}/connection/http-transport.ts`,
    find: "leftMs > RENEW_AHEAD_MS ? RENEW_AHEAD_MS : leftMs / 2;",
    replace: "RENEW_AHEAD_MS;",
  }),
  mutant(
    "thread-flicker",
    "one's own reply is gone from a thread until its page is there",
    /I9|I5/,
    {
      file: `${SDK}/room-core.ts`,
      find: "    this.#threads.keep(settled, before);\n",
      replace: "",
    },
  ),
  mutant("stale-mirror", "what the log holds is shown again as another tab's, on top", /I5|I9/, {
    file: `${SDK}/tabs/tabs.machine.ts`,
    find: "if (ours.has(op.id) || inLog.includes(op.id)) return [];",
    replace: "if (ours.has(op.id)) return [];",
  }),
];
