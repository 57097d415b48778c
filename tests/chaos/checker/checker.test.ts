import Sqlite from "better-sqlite3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HistoryEntry, HistoryLine } from "../history.js";
import type { Dump } from "../client/command.js";
import { chainOf, START_CHAIN } from "./chain-of.js";
import { checkErasure } from "./check-erasure.js";
import { checkHistory } from "./check-history.js";
import { checkLog } from "./check-log.js";
import { checkPositions, checkUnread } from "./check-reading.js";
import { checkView } from "./check-view.js";
import { foldLog } from "./fold-log.js";
import type { Problem } from "./problem.js";
import type { StoredEvent, StoredLog } from "./stored-log.js";

type Draft = Partial<StoredEvent> & { readonly id: string };

/** A log as it should be, of messages that say their id. */
function logOf(drafts: readonly Draft[]): StoredLog {
  let chain = START_CHAIN;
  const events = drafts.map((draft, index): StoredEvent => {
    chain = chainOf(chain, draft.id);
    const place = { seq: index + 1, count: index + 1, at: index, chain };
    const event = { room: "lobby", by: "ada", kind: "msg", fields: { body: draft.id } };
    return { ...event, ...place, ...draft };
  });
  const { length } = events;
  const end = { head: length, count: length, chain };
  const room = { id: "lobby", epoch: "e", ...end, events, positions: [] };
  return new Map([["lobby", room]]);
}

function lines(...entries: HistoryEntry[]): HistoryLine[] {
  const born: HistoryEntry = { type: "born", user: "ada" };
  return [born, ...entries].map((entry, at): HistoryLine => ({ at, life: "ada.1", ...entry }));
}

function asked(id: string): HistoryEntry {
  return { type: "submitted", room: "lobby", id, kind: "msg", body: id };
}

function acked(id: string, seq: number): HistoryEntry {
  return { type: "acked", room: "lobby", id, seq };
}

function judged(log: StoredLog, history: readonly HistoryLine[]): Problem["type"][] {
  return checkHistory({ log, history, lostTails: [] }).problems.map(({ type }) => type);
}

function seen(log: StoredLog, ids: readonly string[], extent: "all" | "newest" = "all") {
  const events = log.get("lobby")?.events ?? [];
  const shown = ids.map((id) => {
    const { seq, by, at, fields } = events.find((event) => event.id === id) ?? {};
    return { id, seq: seq ?? 99, by, at, body: fields?.["body"], delivery: { status: "sent" } };
  });
  const dump = [{ room: "lobby", messages: shown }] as unknown as Dump;
  const problems = checkView({ who: "ben", dump, log, nacked: new Set(), extent });
  return problems.map(({ type }) => type);
}

describe("the checker of logs", () => {
  it("computes the chain of the protocol page", () => {
    const first = chainOf(START_CHAIN, "01890a5d-ac96-774b-bcce-b302099a8057");
    expect(first).toBe("4bc7a75a6ffaa0b3");
    expect(chainOf(first, "01890a5d-ac97-7abc-8def-0123456789ab")).toBe("465fffa225f86c24");
  });

  it("finds nothing in a log as it should be", () => {
    expect(checkLog(logOf([{ id: "a" }, { id: "b" }]))).toEqual([]);
  });

  it("finds a hole, a repetition, a wrong chain, a wrong count, and time going back", () => {
    const broken: Draft[][] = [
      [{ id: "a" }, { id: "b", seq: 3 }],
      [{ id: "a" }, { id: "a" }],
      [{ id: "a" }, { id: "b", chain: START_CHAIN }],
      [{ id: "a" }, { id: "b", count: 1 }],
      [{ id: "a", at: 9 }, { id: "b" }],
    ];
    for (const drafts of broken) expect(checkLog(logOf(drafts))).not.toEqual([]);
  });
});

describe("the checker of histories", () => {
  const log = logOf([{ id: "a" }, { id: "b" }]);

  it("finds nothing when everything acked is where it was acked", () => {
    const history = lines(asked("a"), asked("b"), acked("a", 1), acked("b", 2));
    expect(judged(log, history)).toEqual([]);
  });

  it("finds what was acked and is not there, or is elsewhere", () => {
    const both = [asked("a"), asked("b"), asked("c")];
    expect(judged(log, lines(...both, acked("a", 1), acked("b", 2), acked("c", 3)))).toEqual([
      "lost",
    ]);
    expect(judged(log, lines(asked("a"), asked("b"), acked("a", 2), acked("b", 2)))).toContain(
      "lost",
    );
  });

  it("lets a restore take what came after its backup, and nothing else", () => {
    const history = lines(asked("a"), asked("b"), acked("a", 1), acked("b", 2));
    const restored = logOf([{ id: "a" }]);
    const lostTails = log.get("lobby")?.events.slice(1) ?? [];
    const { problems, rolledBack } = checkHistory({ log: restored, history, lostTails });
    expect([problems, rolledBack]).toEqual([[], 1]);
    expect(judged(restored, history)).toEqual(["lost"]);
  });

  it("finds what was refused and is stored all the same", () => {
    const refused: HistoryEntry = { type: "nacked", room: "lobby", id: "b", code: "invalid" };
    expect(judged(log, lines(asked("a"), acked("a", 1), asked("b"), refused))).toEqual(["wrong"]);
  });

  it("finds what stands before something that was asked for earlier", () => {
    const history = lines(asked("b"), asked("a"), acked("a", 1), acked("b", 2));
    expect(judged(log, history)).toEqual(["reordered"]);
  });

  it("finds the same words twice, words nobody said, and events nobody asked for", () => {
    const twice = logOf([{ id: "a" }, { id: "b", fields: { body: "a" } }]);
    const history = lines(asked("a"), asked("b"), acked("a", 1), acked("b", 2));
    expect(judged(twice, history).sort()).toEqual(["doubled", "wrong"]);
    expect(judged(log, lines(asked("a"), acked("a", 1)))).toEqual(["wrong"]);
  });

  it("finds an op without an answer, unless who asked was killed", () => {
    const history = lines(asked("a"), acked("a", 1), asked("b"));
    expect(judged(log, history)).toEqual(["wrong"]);
    const ended: HistoryEntry = { type: "ended", how: "hard" };
    expect(judged(log, lines(asked("a"), acked("a", 1), asked("b"), ended))).toEqual([]);
  });

  it("finds what a browser had kept and nobody sent", () => {
    const born: HistoryEntry = { type: "born", user: "ada" };
    const kept: HistoryEntry = { type: "storage", status: "persistent" };
    const ended: HistoryEntry = { type: "ended", how: "hard" };
    const history = [born, kept, asked("lost"), ended].map((entry, index): HistoryLine => {
      return { at: index * 10_000, life: "ada.1", ...entry };
    });
    expect(judged(logOf([]), history)).toEqual(["lost"]);
    const lostTails = logOf([{ id: "lost" }]).get("lobby")?.events ?? [];
    expect(checkHistory({ log: logOf([]), history, lostTails }).problems).toEqual([]);
  });
});

describe("the checker of views", () => {
  const log = logOf([{ id: "a" }, { id: "b" }, { id: "c" }]);

  it("finds nothing in the whole room, or in its newest part", () => {
    expect(seen(log, ["a", "b", "c"])).toEqual([]);
    expect(seen(log, ["b", "c"], "newest")).toEqual([]);
  });

  it("finds what is missing, twice, elsewhere, or not in the log", () => {
    expect(seen(log, ["b", "c"])).toEqual(["lost"]);
    expect(seen(log, ["a", "b"], "newest")).toContain("lost");
    expect(seen(log, ["a", "b", "b", "c"])).toEqual(["doubled"]);
    expect(seen(log, ["a", "c", "b"])).toEqual(["reordered"]);
    expect(seen(log, ["a", "b", "c", "x"])).toEqual(["wrong"]);
  });

  it("finds a message that says something else", () => {
    const other = logOf([{ id: "a", fields: { body: "something else" } }]);
    const messages = [{ id: "a", seq: 1, by: "ada", at: 0, body: "a" }];
    const dump = [{ room: "lobby", messages }] as unknown as Dump;
    const query = { who: "ben", dump, log: other, nacked: new Set<string>() };
    expect(checkView({ ...query, extent: "all" })).toHaveLength(1);
  });
});

describe("the fold of a log", () => {
  it("applies edits, reactions, pins and replies, and empties what was deleted", () => {
    const log = logOf([
      { id: "a" },
      { id: "b", fields: { body: "b", thread: "a" } },
      { id: "c", kind: "edit", fields: { target: "a", body: "better" } },
      { id: "d", kind: "react", by: "ben", fields: { target: "a", emoji: "👍" } },
      { id: "e", kind: "react", by: "cleo", fields: { target: "a", emoji: "👍" } },
      { id: "f", kind: "unreact", by: "ben", fields: { target: "a", emoji: "👍" } },
      { id: "g", kind: "pin", fields: { target: "a" } },
      { id: "h", kind: "del", fields: { target: "b", thread: "a" } },
    ]);
    const [root, reply] = foldLog(log.get("lobby")?.events ?? []);
    expect(root).toMatchObject({
      body: "better",
      wordsOf: "c",
      editedAt: 2,
      isPinned: true,
      reactions: [{ emoji: "👍", users: ["cleo"] }],
      replies: { count: 0, lastSeq: 2 },
    });
    expect(reply).toMatchObject({ body: "", deletedAt: 7, thread: "a" });
  });
});

describe("the checker of read positions", () => {
  const room = logOf([{ id: "a" }, { id: "b", by: "ben" }]).get("lobby")!;
  const logWith = (user: string, seq: number, count: number): StoredLog => {
    return new Map([["lobby", { ...room, positions: [{ room: "lobby", user, seq, count }] }]]);
  };

  it("finds a position beyond the log, with a wrong count, or before one's own words", () => {
    expect(checkPositions(logWith("ada", 1, 1))).toEqual([]);
    expect(checkPositions(logWith("ada", 3, 2))).toHaveLength(1);
    expect(checkPositions(logWith("ada", 2, 1))).toHaveLength(1);
    expect(checkPositions(logWith("ben", 1, 1))).toHaveLength(1);
  });

  it("finds a client that counts otherwise", () => {
    const query = { who: "ada", user: "ada", log: logWith("ada", 1, 1) };
    expect(checkUnread({ ...query, unread: { lobby: 1 } })).toEqual([]);
    expect(checkUnread({ ...query, unread: { lobby: 2 } })).toHaveLength(1);
    expect(checkUnread({ ...query, unread: {} })).toHaveLength(1);
  });
});

describe("the checker of erasure", () => {
  it("finds deleted words in a table, and tells them from what a page has left", () => {
    const folder = mkdtempSync(join(tmpdir(), "confab-erasure-"));
    const file = join(folder, "confab.db");
    const database = new Sqlite(file);
    database.exec("CREATE TABLE said (words TEXT)");
    const say = database.prepare("INSERT INTO said VALUES (?)");
    const body = "ada.1#1: secret words";
    const log = logOf([
      { id: "a", fields: { body: "" } },
      { id: "b", kind: "del", at: 5, fields: { target: "a" } },
    ]);
    const history = lines({ type: "submitted", room: "lobby", id: "a", kind: "msg", body });
    const judge = () => checkErasure(file, log, history);
    say.run("ada.1#2: other words");
    expect(judge()).toEqual({ problems: [], inUnusedSpace: 0 });
    say.run(body);
    expect(judge()).toMatchObject({ problems: [{ type: "wrong" }], inUnusedSpace: 0 });
    database.exec("DELETE FROM said WHERE words LIKE '%secret%'");
    database.close();
    expect(judge()).toEqual({ problems: [], inUnusedSpace: 1 });
    rmSync(folder, { recursive: true });
  });
});
