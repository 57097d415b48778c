import { SYSTEM_PAGE_LIFE } from "./platform/system-page-life.js";
import { IndexedDbRecords } from "./storage/indexeddb-records.js";
import { TabStorage } from "./storage/tab-storage.js";
import type { StorageModule } from "./storage/user-storage.js";
import { openBroadcastChannel } from "./tabs/broadcast-tab-channel.js";
import { webTabLocks } from "./tabs/web-tab-locks.js";

export { userOfToken } from "./storage/user-of-token.js";

/** What a user keeps in this browser: IndexedDB, guarded by Web Locks, shared between tabs. [B1] */
export const openUserStorage: StorageModule["openUserStorage"] = (scope, host) =>
  new TabStorage(scope, host, {
    openRecords: (name) => new IndexedDbRecords(name, host.clock),
    locks: webTabLocks(),
    openChannel: openBroadcastChannel,
    life: SYSTEM_PAGE_LIFE,
  });
