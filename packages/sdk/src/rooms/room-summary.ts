import type { RoomInfo } from "../protocol/model.js";
import type { LastMessage } from "../protocol/reading.js";

/** One room of the room list. */
export interface RoomSummary {
  readonly id: string;
  readonly info: RoomInfo;
  /** Place of the newest event of its log. */
  readonly head: number;
  /** Messages of the room. */
  readonly count: number;
  /** The newest message: its body is cut after 200 code points. */
  readonly last?: LastMessage;
  readonly unread: number;
  readonly mentions: number;
}
