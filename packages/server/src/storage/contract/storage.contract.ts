import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { StorageBench } from "../../testing/storage-bench.js";
import type { Storage } from "../storage.js";
import { describeChanges } from "./changes.contract.js";
import { describeForgetting } from "./forgetting.contract.js";
import { describeLog } from "./log.contract.js";
import { describeReading } from "./reading.contract.js";
import { describeRows } from "./rows.contract.js";

/** A storage under test, and how to let go of it. */
export interface StorageUnderTest {
  readonly storage: Storage;
  readonly close: () => Promise<void>;
}

/** What every storage does, whatever it is made of. Every test has a room of its own. */
export function describeStorage(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`${name} as a storage`, () => {
    describeOn(open, describeLog);
    describeOn(open, describeChanges);
    describeOn(open, describeRows);
    describeOn(open, describeReading);
    describeOn(open, describeForgetting);
  });
}

/** Part of the behaviour, on a storage of its own. */
function describeOn(
  open: () => Promise<StorageUnderTest>,
  describePart: (bench: () => StorageBench) => void,
): void {
  describe(describePart.name.replace("describe", "").toLowerCase(), () => {
    let opened: StorageUnderTest;
    let bench: StorageBench;
    let testCount = 0;

    beforeAll(async () => {
      opened = await open();
    });

    beforeEach(async () => {
      testCount += 1;
      bench = await new StorageBench(opened.storage, `room-${String(testCount)}`).open();
    });

    afterAll(() => opened.close());

    describePart(() => bench);
  });
}
