import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDownFrames } from "./down-guard.js";
import { eventSchema } from "./events.js";
import { downFrameSchema, upFrameSchema, type DownFrame, type UpFrame } from "./frames.js";
import { opSchema } from "./operations.js";

const FOLDER = join(import.meta.dirname, "golden");

interface Golden {
  readonly name: string;
  readonly frame: { readonly t: string; readonly k?: string };
}

function goldenFrames(direction: "up" | "down"): readonly Golden[] {
  return readdirSync(join(FOLDER, direction)).map((file) => ({
    name: file.replace(".json", ""),
    frame: JSON.parse(readFileSync(join(FOLDER, direction, file), "utf8")) as Golden["frame"],
  }));
}

/** `ev.edit` for an edit; the first kind of all, `msg`, has the name of its frame alone. */
function nameOf({ t, k = "msg" }: Golden["frame"]): string {
  return k === "msg" ? t : `${t}.${k}`;
}

/** Every frame by direction; the compiler finds the one that is missing. */
const TYPES: {
  readonly up: Record<UpFrame["t"], true>;
  readonly down: Record<DownFrame["t"], true>;
} = {
  up: {
    hello: true,
    sub: true,
    unsub: true,
    op: true,
    read: true,
    typing: true,
    auth: true,
    ping: true,
    pong: true,
  },
  down: {
    welcome: true,
    replay: true,
    reset: true,
    ev: true,
    synced: true,
    ack: true,
    nack: true,
    room: true,
    receipt: true,
    typing: true,
    presence: true,
    authreq: true,
    ping: true,
    pong: true,
    bye: true,
    error: true,
  },
};

describe("golden frames", () => {
  it.each(["up", "down"] as const)(
    "[W2] there is a sample of every frame that goes %s, named after it",
    (way) => {
      const golden = goldenFrames(way);
      const types = new Set(golden.map(({ frame }) => frame.t));
      expect([...types].sort()).toEqual(Object.keys(TYPES[way]).sort());
      for (const { name, frame } of golden) expect(name).toBe(nameOf(frame));
    },
  );

  it.each([
    ["up", opSchema],
    ["down", eventSchema],
  ] as const)("[W2] there is a sample of every kind that goes %s", (way, schema) => {
    const kinds = schema.options.flatMap(({ shape: { k } }) =>
      "options" in k ? k.options : [k.value],
    );
    const sampled = goldenFrames(way).flatMap(({ frame }) => frame.k ?? []);
    expect(sampled.sort()).toEqual(kinds.sort());
  });

  it.each(goldenFrames("up"))("[W2] $name is a valid frame of a client, exactly", ({ frame }) => {
    expect(upFrameSchema.parse(frame)).toEqual(frame);
  });

  it.each(goldenFrames("down"))("[W2] $name is a valid frame of a server, exactly", ({ frame }) => {
    expect(downFrameSchema.parse(frame)).toEqual(frame);
  });

  it.each(goldenFrames("down"))("[W3] the client's guard lets $name pass as it is", ({ frame }) => {
    expect(readDownFrames(JSON.stringify([frame]))).toEqual([frame]);
  });
});
