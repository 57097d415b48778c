import type { Author } from "../protocol/model.js";

/** Somebody, as a room sees them. */
export interface Person extends Author {
  readonly id: string;
}
