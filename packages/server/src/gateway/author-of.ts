import type { Author } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";

/** Somebody as others see them beside their id. */
export function authorOf({ name, avatar, kind }: Principal): Author {
  return avatar === undefined ? { name, kind } : { name, avatar, kind };
}
