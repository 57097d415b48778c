import { TROUBLES, type Trouble } from "./swarm.js";

/** What is taken out of a seed. Each part has its own stream of chance, so the rest stays. */
export interface Reduction {
  readonly without: readonly Trouble[];
  readonly clients?: number;
  readonly rooms?: number;
  /** Numbers of what people do that still happens, ascending; absent for all of it. */
  readonly actions?: readonly number[];
}

/** The whole seed. */
export const NOTHING_TAKEN: Reduction = { without: [] };

/** The words on a command line that ask for this reduction. */
export function wordsOf({ without, clients, rooms, actions }: Reduction): string {
  return [
    without.length === 0 ? "" : ` --without ${without.join(",")}`,
    clients === undefined ? "" : ` --clients ${String(clients)}`,
    rooms === undefined ? "" : ` --rooms ${String(rooms)}`,
    actions === undefined ? "" : ` --actions ${rangesOf(actions)}`,
  ].join("");
}

/** Reads what `wordsOf` wrote. Throws for words that mean nothing. */
export function reductionFrom(value: (name: string) => string | undefined): Reduction {
  const without = (value("--without") ?? "").split(",").filter((name) => name !== "");
  const unknown = without.filter((name) => !TROUBLES.includes(name as Trouble));
  if (unknown.length > 0) throw new Error(`no such trouble: ${unknown.join(", ")}`);
  const clients = value("--clients");
  const rooms = value("--rooms");
  const actions = value("--actions");
  return {
    without: without as Trouble[],
    ...(clients === undefined ? {} : { clients: Number(clients) }),
    ...(rooms === undefined ? {} : { rooms: Number(rooms) }),
    ...(actions === undefined ? {} : { actions: numbersIn(actions) }),
  };
}

/** `0-3,7` for 0, 1, 2, 3 and 7; `none` for nothing at all. */
function rangesOf(numbers: readonly number[]): string {
  if (numbers.length === 0) return "none";
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges
    .map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`))
    .join(",");
}

function numbersIn(ranges: string): number[] {
  if (ranges === "none") return [];
  return ranges.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
