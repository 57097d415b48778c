import type { Format } from "./protocol/model.js";

/** Options of `room.send`. */
export interface SendOptions extends EditOptions {
  /** How the body is to be read; `text` unless said otherwise. */
  readonly format?: Format | undefined;
  /** The message this one answers. */
  readonly replyTo?: string | undefined;
  /** Root of the thread it belongs to; `inRoom` shows it in the room as well. */
  readonly thread?: string | undefined;
  readonly inRoom?: boolean | undefined;
  /** What the application keeps with it: a plain object, at most 2,048 bytes of JSON. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

/** Options of `room.edit`. */
export interface EditOptions {
  /** Ids of the people it speaks to, at most 20. */
  readonly mentions?: readonly string[] | undefined;
}

/** Options of `room.delete`. */
export interface DeleteOptions {
  /** Why, in at most 200 characters. */
  readonly reason?: string | undefined;
}
