import { writeLetter } from "../tabs/tab-message.js";
import { channelName, databaseName, StorageKeys } from "./storage-keys.js";
import type { TabPlatform } from "./tab-platform.js";
import type { StorageScope } from "./user-storage.js";

/** Tells all tabs of a user but `tab` that the user signed out; `at` in Unix milliseconds. */
export function signOut(
  scope: StorageScope,
  tab: string,
  at: number,
  { openChannel }: TabPlatform,
): void {
  // A channel of its own: the one of the tab may be closed already.
  const channel = openChannel(channelName(scope), () => undefined);
  channel.post(writeLetter(tab, { t: "forget", at }));
  channel.close();
}

/** Erases everything of a user, also when the tab's connection is closed or broken. */
export function eraseUser(scope: StorageScope, { openRecords }: TabPlatform): void {
  const records = openRecords(databaseName(scope));
  const keys = new StorageKeys(scope);
  records.write({ erase: [keys.all, keys.use], durability: "strict" }, () => {
    records.close();
  });
}
