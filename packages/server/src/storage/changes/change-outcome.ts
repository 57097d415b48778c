import type { NackCode } from "@confab/sdk/protocol";

/** Where the event of a change will stand in its room's log, and who asked for it. */
export interface EventPlace {
  readonly room: string;
  readonly id: string;
  readonly by: string;
  readonly fingerprint: string;
  readonly seq: number;
  readonly at: number;
  readonly count: number;
}

/** The event's payload once the rows are changed; or why nothing was. */
export type ChangeOutcome =
  { readonly payload: string } | { readonly code: NackCode; readonly detail?: string };

/** Checks the conditions of a change, and then applies it to the rows. */
export type ApplyChange<Change> = (change: Change, place: EventPlace) => ChangeOutcome;
