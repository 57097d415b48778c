import type { TimelineDay, TimelineItem, TimelineMessage } from "@confab/sdk";

const START = Date.UTC(2026, 10, 20, 10, 0);
const MINUTE_MS = 60_000;

/** A stored message by somebody else, with what a test cares about in its place. */
export function message(overrides: Partial<TimelineMessage> = {}): TimelineMessage {
  const seq = overrides.seq ?? 1;
  return {
    kind: "message",
    key: `key-${seq}`,
    id: overrides.key ?? `key-${seq}`,
    seq,
    by: "guest:ada",
    author: { name: "Ada Lindqvist", kind: "user" },
    isOwn: false,
    at: START + seq * MINUTE_MS,
    body: `Message ${seq}`,
    format: "text",
    delivery: { status: "sent" },
    isGroupStart: true,
    isGroupEnd: true,
    ...overrides,
  };
}

/** An own message that waits for its answer. */
export function pendingMessage(key: string, body: string, since: number): TimelineMessage {
  const { seq: _seq, ...stored } = message({ key, id: key, body, by: "me", isOwn: true });
  return {
    ...stored,
    author: { name: "Bo Kim", kind: "user" },
    delivery: { status: "pending", since },
  };
}

/** The line of a day. */
export function day(name: string): TimelineDay {
  return { kind: "day", key: `day-${name}`, day: name };
}

/** Messages with the seqs `from` to `to`, two authors taking turns in runs of three. */
export function messages(from: number, to: number): TimelineItem[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const seq = from + index;
    const isBo = Math.floor(seq / 3) % 2 === 1;
    return message({
      seq,
      by: isBo ? "guest:bo" : "guest:ada",
      author: { name: isBo ? "Bo Kim" : "Ada Lindqvist", kind: "user" },
      body: seq % 7 === 0 ? `Message ${seq}, which is a bit longer. `.repeat(6) : `Message ${seq}`,
      isGroupStart: seq % 3 === 0 || seq === from,
      isGroupEnd: seq % 3 === 2 || seq === to,
    });
  });
}
