export { type Chat, type ChatEvents, type ChatOptions, type Discontinuity } from "./chat.js";
export { type ConnectionState } from "./connection/connection-state.js";
export { type TokenProvider, type TokenReason } from "./connection/token-source.js";
export { createChat } from "./create-chat.js";
export { ChatError, isChatError } from "./errors.js";
export { type Operation, type OperationStatus } from "./operation.js";
export { type Capability } from "./protocol/capabilities.js";
export { type GuestAnswer } from "./protocol/guest.js";
export { ERROR_CODES, type ErrorCode, type RetryClass } from "./protocol/error-codes.js";
export {
  type Author,
  type Format,
  type Me,
  type RoomInfo,
  type UserKind,
} from "./protocol/model.js";
export { requestGuest, type GuestOptions } from "./request-guest.js";
export { type Room, type SendOptions } from "./room.js";
export { type RoomState } from "./room-state.js";
export {
  type Delivery,
  type TimelineDay,
  type TimelineItem,
  type TimelineMessage,
} from "./timeline/timeline-item.js";
