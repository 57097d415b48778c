import type { ChatError } from "./errors.js";
import type { MessageRow } from "./protocol/model.js";
import type { OpFrame } from "./protocol/operations.js";

/** Events of a chat, by name. What is a state is in a store instead. */
export interface ChatEvents {
  /** A room's window was replaced by a snapshot: what lay between is not told one by one. [L8] */
  readonly discontinuity: { readonly room: string; readonly why: string };
  /**
   * A message took its place in the log of a room that is followed: as it happened, or, with
   * `isMissed`, replayed after an interruption. Those of a snapshot or a page are not told.
   */
  readonly message: {
    readonly room: string;
    readonly message: MessageRow;
    readonly isOwn: boolean;
    readonly isMissed: boolean;
  };
  /** Something asked for was refused, and its effect is taken back. [B2] */
  readonly "op-failed": {
    readonly room: string;
    readonly id: string;
    readonly op: OpFrame;
    readonly error: ChatError;
  };
  /**
   * The application gave no token, or the server refused the one it gave. With `isFinal` the chat
   * is closed; otherwise it goes on and asks again. [V4]
   */
  readonly "auth-error": { readonly error: ChatError; readonly isFinal: boolean };
}
