import type { TimelineMessage } from "@confab/sdk";
import type { Look } from "./expected-look.js";

/** What of an item can be seen by this user. */
export function lookOfItem(item: TimelineMessage, userId: string): Look {
  return {
    body: item.body,
    isDeleted: item.deletedAt !== undefined,
    isPinned: item.isPinned === true,
    reactions: new Map(
      (item.reactions ?? []).map(({ emoji, users, isOwn }) => [emoji, named(users, isOwn, userId)]),
    ),
    replies: item.replies?.count ?? 0,
    mentions: item.mentions ?? [],
  };
}

/** Before the first welcome a client does not know its own name, only that it is its own. */
function named(users: readonly string[], isOwn: boolean, userId: string): ReadonlySet<string> {
  const known = users.filter((user) => user !== "");
  return new Set(isOwn ? [...known, userId] : known);
}
