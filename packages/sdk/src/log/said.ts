import type { MessageRow } from "../protocol/model.js";

type Place = "seq" | "rev" | "count";

/** A message of the log, or one on its way there, which has no place yet. */
export type Said = Omit<MessageRow, Place> & Partial<Pick<MessageRow, Place>>;
