import type { Chat } from "@confab/sdk";
import type { GuestIdentity } from "./guest-identity.js";

/** Who somebody is on a server, as far as it is known. */
export interface ChatAccess {
  /** The client, once there is an identity. */
  readonly chat: Chat | undefined;
  /** The guest one may become, where no other identity was given. */
  readonly guest: GuestIdentity | undefined;
  /** Signs in again after the identity was refused for good. */
  renew(): void;
}
