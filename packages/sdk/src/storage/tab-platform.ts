import type { PageLife } from "../platform/page-life.js";
import type { OpenTabChannel } from "../tabs/tab-channel.js";
import type { TabLocks } from "../tabs/tab-locks.js";
import type { RecordStorage } from "./record-storage.js";

/** What a tab has of its browser. */
export interface TabPlatform {
  readonly openRecords: (name: string) => RecordStorage;
  /** Undefined where the browser has none. */
  readonly locks: TabLocks | undefined;
  readonly openChannel: OpenTabChannel;
  readonly life: PageLife;
}
