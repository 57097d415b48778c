import { describe, expect, it } from "vitest";
import { fullPlan, quickPlan } from "./chaos-plan.js";
import { scheduleOf } from "./schedule.js";

function typesOf(plan: Parameters<typeof scheduleOf>[0]): string[] {
  return scheduleOf(plan).map(({ fault }) => fault.type);
}

describe("a schedule", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(scheduleOf(fullPlan("7", 50))).toEqual(scheduleOf(fullPlan("7", 50)));
    expect(scheduleOf(fullPlan("7", 50))).not.toEqual(scheduleOf(fullPlan("8", 50)));
  });

  it("kills as often as it was asked to, and walks through every kind of trouble", () => {
    const types = typesOf(fullPlan("1", 200));
    expect(types.filter((type) => type === "kill")).toHaveLength(200);
    expect(types.filter((type) => type === "checkpoint")).toHaveLength(4);
    expect([...new Set(types)].sort()).toEqual([
      "backup",
      "burst",
      "checkpoint",
      "client-kill",
      "client-pause",
      "cut",
      "deploy",
      "disk-full",
      "half-open",
      "kill",
      "large-disk",
      "line-down",
      "pause",
      "restore",
      "small-disk",
      "sockets-fail",
      "stall",
      "tab-close",
      "tab-crash",
      "tab-freeze",
      "tab-offline",
      "tab-reload",
      "throttle",
    ]);
  });

  it("puts a backup back twice, both times after a kill that came after the copy", () => {
    for (const plan of [fullPlan("3", 200), quickPlan("3", 10)]) {
      const order = typesOf(plan).filter((type) => /backup|restore|kill$/.test(type));
      const text = order.join(" ");
      expect(text).toMatch(/backup( (client-)?kill)+ restore.*backup( (client-)?kill)+ restore/);
    }
  });
});
