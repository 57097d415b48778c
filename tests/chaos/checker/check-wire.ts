import { foldLog, isShownInRoom, type ExpectedMessage } from "./fold-log.js";
import { factsAbout, factsOfRow } from "./message-facts.js";
import { START_CHAIN } from "./chain-of.js";
import type { Problem } from "./problem.js";
import type { RawClient, RawFrame } from "./raw-client.js";
import type { StoredLog, StoredRoom } from "./stored-log.js";

/** A cursor this far back is still answered with events, and not with a snapshot. [L4] */
const REPLAY_EVENTS = 400;

const PAGE_MESSAGES = 100;

/** Threads read per room: the newest. */
const THREADS_MAX_COUNT = 25;

/** What a stranger who knows only the protocol gets must be what the file holds. */
export async function checkWire(client: RawClient, log: StoredLog): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const room of log.values()) {
    problems.push(...(await checkReplay(client, room)), ...(await checkPages(client, room)));
  }
  return problems;
}

/** Resumes in the middle of the log: exactly the events after it come, each once, in order. */
async function checkReplay(client: RawClient, room: StoredRoom): Promise<Problem[]> {
  const seq = Math.max(0, room.head - REPLAY_EVENTS);
  const chain = room.events[seq - 1]?.chain ?? START_CHAIN;
  const frames = await client.follow(room.id, { epoch: room.epoch, seq, chain });
  // A live event may stand behind the `synced`.
  const [first, ...rest] = frames.slice(0, frames.findIndex(({ t }) => t === "synced") + 1);
  const last = rest.pop();
  const problems: Problem[] = [];
  const isReplay = first?.t === "replay" && first["from"] === seq;
  if (!isReplay) problems.push(wrong(`${room.id}: ${String(first?.t)} instead of a replay`));
  if (last?.["head"] !== room.head || last["chain"] !== room.chain) {
    problems.push(wrong(`${room.id}: synced at ${String(last?.["head"])}`));
  }
  const [has, needs] = [rest.map(placeOfFrame), room.events.slice(seq).map(placeOfEvent)];
  if (isReplay && has.join() !== needs.join()) {
    problems.push(wrong(`${room.id}: the replay has ${String(has.length)} other events`));
  }
  return problems;
}

/** Reads the room and its threads back to their start: every message, with all later changes. */
async function checkPages(client: RawClient, room: StoredRoom): Promise<Problem[]> {
  const messages = foldLog(room.events);
  const path = `/v1/rooms/${room.id}`;
  const problems = await checkList(client, `${path}/messages`, messages.filter(isShownInRoom));
  const roots = new Set(messages.flatMap(({ thread }) => thread ?? []));
  for (const root of [...roots].slice(-THREADS_MAX_COUNT)) {
    const replies = messages.filter(({ thread }) => thread === root);
    problems.push(...(await checkList(client, `${path}/threads/${root}/messages`, replies)));
  }
  return problems;
}

async function checkList(
  client: RawClient,
  path: string,
  expected: readonly ExpectedMessage[],
): Promise<Problem[]> {
  const rows: RawFrame[] = [];
  for (let page = 0; page <= expected.length / PAGE_MESSAGES + 1; page += 1) {
    const before = rows[0]?.["seq"] as number | undefined;
    const from = before === undefined ? "" : `&before=${String(before)}`;
    const query = `?limit=${String(PAGE_MESSAGES)}${from}`;
    const answer = (await client.get(`${path}${query}`)) as Page;
    rows.unshift(...answer.messages);
    if (!answer.hasMore) break;
  }
  const has = rows.map((row) => JSON.stringify(factsOfRow(row)));
  const needs = expected.map((message) => JSON.stringify(factsAbout(message)));
  const length = Math.max(has.length, needs.length);
  const at = Array.from({ length }).findIndex((_, index) => has[index] !== needs[index]);
  if (at === -1) return [];
  return [wrong(`${path}: ${has[at] ?? "nothing"} instead of ${needs[at] ?? "nothing"}`)];
}

interface Page {
  readonly messages: RawFrame[];
  readonly hasMore: boolean;
}

function placeOfFrame(frame: RawFrame): string {
  return `${String(frame["seq"])} ${String(frame["id"])} ${String(frame["k"])}`;
}

function placeOfEvent({ seq, id, kind }: { seq: number; id: string; kind: string }): string {
  return `${String(seq)} ${id} ${kind}`;
}

function wrong(text: string): Problem {
  return { type: "wrong", text };
}
