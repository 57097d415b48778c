import type { TimelineDay, TimelineItem, TimelineMessage } from "./timeline-item.js";
import type { TimelineLine } from "./timeline-line.js";

/** A longer silence begins a new group. */
const GROUP_GAP_MS = 5 * 60_000;
/** A group covers less than this, so that its one time label stays true. */
const GROUP_SPAN_MS = 15 * 60_000;

/** Days and groups: lines are added one by one, below items that were laid out before. */
export class TimelineLayout {
  readonly items: TimelineItem[];
  readonly #dayOf: (at: number) => string;
  #day: string;
  /** When the group of the last message began. */
  #groupAt: number;
  #last: number;

  /** `items` is continued; its last message, if any, has been the last of a group or not. */
  constructor(items: TimelineItem[], dayOf: (at: number) => string) {
    const first = items.findLast((item) => item.kind === "message" && item.isGroupStart);
    this.items = items;
    this.#dayOf = dayOf;
    this.#day = dayBefore(items, items.length)?.day ?? "";
    this.#groupAt = first?.kind === "message" ? first.at : 0;
    this.#last = items.length - 1;
  }

  /** Adds the line of a message below the others. */
  add(line: TimelineLine): void {
    this.#add({ ...line, isGroupStart: true, isGroupEnd: true });
  }

  /**
   * Adds items that were laid out before, from an index on, and ends. From the first group that
   * begins where it began, on the same day, they are what they were.
   */
  continueWith(old: readonly TimelineItem[], from: number): void {
    let day = dayBefore(old, from);
    for (let index = from; index < old.length; index += 1) {
      const item = old[index];
      if (item?.kind === "day") day = item;
      if (item?.kind !== "message") continue;
      this.#add(item, day);
      const isAsBefore = this.items.at(-1) === item && day?.day === this.#day;
      if (isAsBefore && item.isGroupStart) {
        for (const rest of old.slice(index + 1)) this.items.push(rest);
        return;
      }
    }
    this.#endGroup(true);
  }

  /** A line that is laid out already stays the same object if it looks the same. */
  #add(line: TimelineMessage, knownDay?: TimelineDay): void {
    const last = this.#lastMessage;
    const day = this.#dayOf(line.at);
    // A clock that is behind must not bring an earlier day back.
    const isNewDay = day > this.#day;
    const isGroupStart =
      isNewDay ||
      last?.by !== line.by ||
      line.at - last.at >= GROUP_GAP_MS ||
      line.at - this.#groupAt >= GROUP_SPAN_MS;
    this.#endGroup(isGroupStart);
    if (isNewDay) {
      this.#day = day;
      const fresh: TimelineDay = { kind: "day", key: `day:${day}`, day };
      this.items.push(knownDay?.day === day ? knownDay : fresh);
    }
    if (isGroupStart) this.#groupAt = line.at;
    this.items.push(line.isGroupStart === isGroupStart ? line : { ...line, isGroupStart });
    this.#last = this.items.length - 1;
  }

  get #lastMessage(): TimelineMessage | undefined {
    const last = this.items[this.#last];
    return last?.kind === "message" ? last : undefined;
  }

  #endGroup(isGroupEnd: boolean): void {
    const last = this.#lastMessage;
    if (last && last.isGroupEnd !== isGroupEnd) this.items[this.#last] = { ...last, isGroupEnd };
  }
}

function dayBefore(items: readonly TimelineItem[], end: number): TimelineDay | undefined {
  for (let index = end - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.kind === "day") return item;
  }
  return undefined;
}
