export { packBatches } from "./batch.js";
export { capabilitySchema, type Capability } from "./capabilities.js";
export { EMPTY_CHAIN, nextChain } from "./chain.js";
export { CLOSE_CODES, closeAction, type CloseAction } from "./close-codes.js";
export { readDownFrames, readGuestAnswer, readHistoryPage } from "./down-guard.js";
export { ERROR_CODES, isErrorCode, type ErrorCode, type RetryClass } from "./error-codes.js";
export {
  eventSchema,
  msgEventSchema,
  type EventFrame,
  type MsgEvent,
  type RoomEvent,
} from "./events.js";
export { downFrameSchema, upFrameSchema, type DownFrame, type UpFrame } from "./frames.js";
export {
  guestAnswerSchema,
  guestRequestSchema,
  type GuestAnswer,
  type GuestRequest,
} from "./guest.js";
export {
  helloSchema,
  replaySchema,
  resetSchema,
  statedLimitsSchema,
  subSchema,
  syncedSchema,
  unsubSchema,
  welcomeSchema,
  type HelloFrame,
  type ReplayFrame,
  type ResetFrame,
  type ResetReason,
  type StatedLimits,
  type SubFrame,
  type SyncedFrame,
  type UnsubFrame,
  type WelcomeFrame,
} from "./handshake.js";
export {
  historyPageSchema,
  historyQuerySchema,
  type HistoryPage,
  type HistoryQuery,
} from "./history.js";
export {
  clientIdSchema,
  cursorSchema,
  opIdSchema,
  RESERVED_USER_PREFIXES,
  roomIdSchema,
  userIdSchema,
  type Cursor,
} from "./ids.js";
export { LIMITS } from "./limits.js";
export {
  type ByeFrame,
  type DownPingFrame,
  type ErrorFrame,
  type PongFrame,
  type UpPingFrame,
} from "./liveness.js";
export {
  authorSchema,
  meSchema,
  messageRowSchema,
  nameSchema,
  roomInfoSchema,
  type Author,
  type Format,
  type Me,
  type MessageRow,
  type RoomInfo,
  type UserKind,
} from "./model.js";
export {
  anyOpSchema,
  msgOpSchema,
  nackCodeSchema,
  opSchema,
  type AckFrame,
  type AnyOp,
  type MsgOp,
  type NackCode,
  type NackFrame,
  type OpFrame,
} from "./operations.js";
export { ROOM_ID_PATTERN } from "./room-id.js";
export {
  codePointCount,
  textProblem,
  utf8Length,
  type TextLimits,
  type TextProblem,
} from "./text.js";
export { PROTOCOL_VERSION, SUBPROTOCOL } from "./version.js";
