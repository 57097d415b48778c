export type { Chat, ChatOptions } from "./chat.js";
export type { ChatEvents } from "./chat-events.js";
export type { ConnectionState } from "./connection/connection-state.js";
export type { TokenProvider, TokenReason } from "./connection/token-source.js";
export { createChat } from "./create-chat.js";
export { ChatError, isChatError } from "./errors.js";
export type { Operation, OperationStatus } from "./operation.js";
export type { Capability } from "./protocol/capabilities.js";
export type { GuestAnswer } from "./protocol/guest.js";
export type { StatedLimits } from "./protocol/handshake.js";
export { ERROR_CODES, type ErrorCode, type RetryClass } from "./protocol/error-codes.js";
export type {
  Author,
  Format,
  Me,
  MessageRow,
  Reaction,
  Replies,
  RoomInfo,
  UserKind,
} from "./protocol/model.js";
export type { Person } from "./presence/person.js";
export type { RoomPresence } from "./presence/presence.machine.js";
export type { LastMessage } from "./protocol/reading.js";
export type { Unread } from "./reading/reading-view.js";
export { requestGuest, type GuestOptions } from "./request-guest.js";
export type { DeleteOptions, EditOptions, SendOptions } from "./op-options.js";
export type { Room } from "./room.js";
export type { RoomState } from "./room-state.js";
export type { StorageState } from "./storage-state.js";
export type { TotalUnread } from "./rooms/room-list.js";
export type { RoomSummary } from "./rooms/room-summary.js";
export type { Thread, ThreadState } from "./thread.js";
export type {
  Delivery,
  FailedEdit,
  TimelineDay,
  TimelineItem,
  TimelineMessage,
  TimelineReaction,
} from "./timeline/timeline-item.js";
