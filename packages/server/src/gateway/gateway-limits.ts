import { LIMITS } from "@confab/sdk/protocol";

/**
 * Every bound of the gateway that is not already in the protocol's `LIMITS`. A simulation makes
 * them tiny.
 */
export interface GatewayLimits {
  /** Time from the opened socket to `hello`, and from there to a verified token. [H1] */
  readonly helloMs: number;
  /** Time between two pings to a client. [V1] */
  readonly heartbeatMs: number;
  /** A client that says nothing for this long is gone. [V1] */
  readonly silenceMs: number;
  /** How long a connection outlives its token. [V4] */
  readonly tokenGraceMs: number;
  /** How long before its token ends a client is asked for a fresh one. [V4] */
  readonly tokenNoticeMs: number;
  /** A socket with more than this under way is a slow consumer. [V3] */
  readonly sendQueueMaxBytes: number;
  readonly sendQueueMaxFrames: number;
  readonly sendQueueMaxAgeMs: number;
  /** A closed slow consumer's memory is freed after this. [V3] */
  readonly slowTerminateMs: number;
  /** Any other closing handshake may take this long. */
  readonly terminateMs: number;
  /** How long catching up waits before it looks again whether a slow socket has taken more. */
  readonly catchUpRetryMs: number;
  /** Ops of one session without an outcome before its socket is no longer read. */
  readonly opsMaxUnanswered: number;
  /** Frames kept for a session whose token is being verified. */
  readonly heldMaxFrames: number;
  /** Time for queued ops to be committed while draining. [V6] */
  readonly drainCommitMs: number;
  /** Sessions closed at once while draining, and the pause between two such batches. [V6] */
  readonly drainBatchSessions: number;
  readonly drainBatchMs: number;
  /** Time a client is asked to wait at most before it comes back after a restart. [V6] */
  readonly returnMaxMs: number;
  /** The room list of one person follows the changes of at most so many rooms. */
  readonly watchedRoomsMaxCount: number;
  /** So many of them, those with the newest messages, are told to a new connection. */
  readonly listedRoomsMaxCount: number;
  /** Rooms of lists that are read in one turn of the event loop, for all sessions together. */
  readonly listedRoomsPerTurn: number;
  /** A room of a list is told at most this often per session. */
  readonly listEveryMs: number;
  /** Read positions of one person are told to a room at most this often. [R3] */
  readonly receiptEveryMs: number;
  readonly receiptsMaxMembers: number;
  /** Time between two typing frames of one person in one room that are passed on. [P1] */
  readonly typingEveryMs: number;
  /** A socket with more than this under way hears of nobody's typing. [P1] */
  readonly typingMaxQueuedBytes: number;
  /** Who comes and goes is told to a room at most this often. [P2] */
  readonly presenceEveryMs: number;
  /** Somebody whose last connection is gone counts as present for this long. [P2] */
  readonly presenceGraceMs: number;
  readonly presenceMaxUsers: number;
  /** An answer without a socket is not made larger than this: the next one goes on. */
  readonly pollMaxBytes: number;
}

/** So much later than the next one a frame may have been on its way. [P1] */
const TYPING_JITTER_MS = 250;

/** The numbers of PROTOCOL sections 1, 2 and 7. */
export const GATEWAY_LIMITS: GatewayLimits = {
  helloMs: 5_000,
  heartbeatMs: 25_000,
  silenceMs: 35_000,
  tokenGraceMs: 30_000,
  tokenNoticeMs: 60_000,
  sendQueueMaxBytes: 1_048_576,
  sendQueueMaxFrames: 1_000,
  sendQueueMaxAgeMs: 10_000,
  slowTerminateMs: 1_000,
  terminateMs: 3_000,
  catchUpRetryMs: 25,
  opsMaxUnanswered: 2 * LIMITS.windowMaxOps,
  heldMaxFrames: LIMITS.batchMaxFrames,
  drainCommitMs: 4_000,
  drainBatchSessions: 100,
  drainBatchMs: 20,
  returnMaxMs: 15_000,
  watchedRoomsMaxCount: 1_000,
  listedRoomsMaxCount: LIMITS.listedRoomsMaxCount,
  listedRoomsPerTurn: 16,
  listEveryMs: 1_000,
  receiptEveryMs: LIMITS.readEveryMs,
  receiptsMaxMembers: LIMITS.receiptsMaxMembers,
  typingEveryMs: LIMITS.typingEveryMs - TYPING_JITTER_MS,
  typingMaxQueuedBytes: 65_536,
  presenceEveryMs: 1_000,
  presenceGraceMs: 15_000,
  presenceMaxUsers: LIMITS.presenceMaxUsers,
  pollMaxBytes: 1_048_576,
};
