import { rmSync } from "node:fs";
import { systemClock } from "../platform/clock.js";
import { systemRandom } from "../platform/random.js";
import { SILENT_LOG } from "../telemetry/log.js";
import { createMemoryDisk } from "../testing/memory-disk.js";
import { openStorage } from "./open-storage.js";
import { describeStorage } from "./contract/storage.contract.js";
import { makeTemporaryDirectory } from "../testing/temporary-directory.js";

const surroundings = { clock: systemClock, random: systemRandom, log: SILENT_LOG };
const atEndOfTurn = (task: () => void) => void systemClock.after(0, task);

describeStorage("SQLite in memory, committed inline", () =>
  Promise.resolve({
    storage: createMemoryDisk().openStorage({ atEndOfTurn }),
    close: () => Promise.resolve(),
  }),
);

describeStorage("SQLite in a file, committed in a worker", () => {
  const directory = makeTemporaryDirectory();
  const storage = openStorage(directory, surroundings);
  return Promise.resolve({
    storage,
    close: () =>
      new Promise<void>((resolve) => {
        storage.close(() => {
          rmSync(directory, { recursive: true });
          resolve();
        });
      }),
  });
});
