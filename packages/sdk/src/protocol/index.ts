export { packBatches } from "./batch.js";
export { capabilitySchema, type Capability } from "./capabilities.js";
export { EMPTY_CHAIN, nextChain } from "./chain.js";
export { CLOSE_CODES, closeAction, type CloseAction } from "./close-codes.js";
export {
  readDownFrames,
  readGuestAnswer,
  readHistoryPage,
  readMessageRow,
  readThreadPage,
} from "./down-guard.js";
export { ERROR_CODES, isErrorCode, type ErrorCode, type RetryClass } from "./error-codes.js";
export {
  eventSchema,
  msgEventSchema,
  type DelEvent,
  type EditEvent,
  type EventFrame,
  type MsgEvent,
  type PinEvent,
  type ReactEvent,
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
  authReqSchema,
  authSchema,
  helloSchema,
  replaySchema,
  resetSchema,
  statedLimitsSchema,
  subSchema,
  syncedSchema,
  unsubSchema,
  welcomeSchema,
  type AuthFrame,
  type AuthReqFrame,
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
  threadPageSchema,
  versionsSchema,
  type HistoryPage,
  type HistoryQuery,
  type ThreadPage,
  type Versions,
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
  emojiSchema,
  meSchema,
  messageRowSchema,
  nameSchema,
  roomInfoSchema,
  type Author,
  type Format,
  type Me,
  type MessageRow,
  type Reaction,
  type Replies,
  type RoomInfo,
  type UserKind,
} from "./model.js";
export {
  anyOpSchema,
  delOpSchema,
  editOpSchema,
  fenceOpSchema,
  msgOpSchema,
  nackCodeSchema,
  opSchema,
  pinOpSchema,
  reactOpSchema,
  type AckFrame,
  type AnyOp,
  type DelOp,
  type EditOp,
  type FenceOp,
  type MsgOp,
  type NackCode,
  type NackFrame,
  type OpFrame,
  type PinOp,
  type ReactOp,
} from "./operations.js";
export {
  downTypingSchema,
  presenceSchema,
  upTypingSchema,
  type DownTypingFrame,
  type PresenceChange,
  type PresenceFrame,
  type UpTypingFrame,
} from "./presence.js";
export {
  memberReceiptSchema,
  readPositionSchema,
  readSchema,
  receiptSchema,
  roomSchema,
  type LastMessage,
  type MemberReceipt,
  type ReadFrame,
  type ReadPosition,
  type ReceiptFrame,
  type RoomFrame,
} from "./reading.js";
export { ROOM_ID_PATTERN } from "./room-id.js";
export {
  codePointCount,
  textProblem,
  utf8Length,
  type TextLimits,
  type TextProblem,
} from "./text.js";
export { PROTOCOL_VERSION, SUBPROTOCOL } from "./version.js";
export {
  postedFramesSchema,
  syncQuerySchema,
  type PostedFrame,
  type SyncQuery,
} from "./without-socket.js";
