import type { Capability, RoomInfo } from "@confab/sdk/protocol";

declare const authorised: unique symbol;

/**
 * Permission to see one room, made by `authorize` and by nothing else. Every read or write of a
 * room asks for one, so code that forgot to ask for permission does not compile.
 */
export interface RoomView {
  readonly [authorised]: true;
  readonly room: RoomInfo;
  readonly capabilities: readonly Capability[];
  /** First seq this person may read. */
  readonly historyFrom: number;
}
