import { expect, it } from "vitest";
import { message, pendingMessage } from "../../testing/message-fixture.js";
import { pendingLabels } from "./pending-labels.js";

const first = pendingMessage("a", "one", 1000);
const second = pendingMessage("b", "two", 1200);

it("[O8] labels a message as sending only after a while, and says when", () => {
  const early = pendingLabels([first, second], 1100, "live");
  expect(early.labelOf(first)).toBe("none");
  expect(early.nextChangeMs).toBe(300);
  const later = pendingLabels([first, second], 1400, "live");
  expect(later.labelOf(first)).toBe("sending");
  expect(later.labelOf(second)).toBe("none");
  expect(later.nextChangeMs).toBe(200);
  expect(pendingLabels([first, second], 1600, "live").nextChangeMs).toBeUndefined();
});

it("shows what it waits for on the last one only while there is no connection", () => {
  const labels = pendingLabels([first, second], 2000, "offline");
  expect(labels.labelOf(first)).toBe("queued");
  expect(labels.labelOf(second)).toBe("waiting");
});

it("says nothing of stored messages", () => {
  expect(pendingLabels([message()], 9e15, "offline").labelOf(message())).toBe("none");
});
