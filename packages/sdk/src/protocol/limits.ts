/**
 * Every bound of the wire, with its unit in its name. The server states the ones a client must
 * respect in `welcome`. [H3]
 */
export const LIMITS = {
  /** A body longer than this is refused as `too_large`: about two printed pages. [W6] */
  bodyMaxCodePoints: 4_000,
  /** UTF-8 size of a body, so that four-byte scripts keep the frame small. [W6] */
  bodyMaxBytes: 16_384,
  /** One WebSocket message in either direction. [W4] */
  messageMaxBytes: 65_536,
  /** The same before `welcome`, when nobody has said who they are. [W4] */
  greetingMaxBytes: 8_192,
  /** Frames are packed into one array up to this count or `batchMaxBytes`. [W2] */
  batchMaxFrames: 64,
  batchMaxBytes: 32_768,
  /** JSON deeper than this is refused before validation. [W4] */
  nestingMaxDepth: 8,
  /** Unanswered ops a client may have under way on one connection. [O6] */
  windowMaxOps: 32,
  /** Rooms one connection may follow. */
  roomsMaxCount: 200,
  /** Rooms of a room list: those with the newest messages. */
  listedRoomsMaxCount: 200,
  /** A cursor further behind than this gets a snapshot instead of a replay. [L4] */
  replayMaxEvents: 500,
  replayMaxBytes: 262_144,
  /** Messages in a `reset` and in a history page unless the caller asks otherwise. [L4] [L10] */
  pageMessages: 50,
  pageMaxMessages: 100,
  /** Applied events a client keeps per room to bring a history page up to date. [L10] */
  ringEvents: 128,
  /** Frames refused within `badFrameWindowMs` before the connection is closed. [W4] */
  badFrameMaxCount: 10,
  badFrameWindowMs: 60_000,
  /** People one message may mention. */
  mentionsMaxCount: 20,
  /** JSON text of a message's `meta`. */
  metaMaxBytes: 2_048,
  /** Objects and lists inside one another in `meta`, itself included: what a frame leaves. [W4] */
  metaMaxDepth: 6,
  /** Why a message was deleted, in the words of who did it. */
  reasonMaxCodePoints: 200,
  /** UTF-8 size of one reaction: the longest emoji of Unicode fit. */
  emojiMaxBytes: 64,
  /** Different reactions one message may have. */
  reactionsMaxKinds: 20,
  /** People named beside each reaction; `count` tells how many there are. */
  reactionMaxUsers: 20,
  /** How long the author may edit a message. [O10] */
  editWindowMs: 900_000,
  /** An op not answered for this long is taken back by a fence. [B5] */
  opMaxAgeMs: 604_800_000,
  /** Events, refusals and ids of ops are kept at least this long; must exceed `opMaxAgeMs`. [O4] */
  eventMinAgeMs: 2_592_000_000,
  /** A client says that somebody types at most this often. [P1] */
  typingEveryMs: 3_000,
  /** How long typing is shown without being said again. [P1] */
  typingTtlMs: 6_000,
  /** Read positions are sent at most this often per room. [R1] [R3] */
  readEveryMs: 1_000,
  /** Above this many members, nobody but the reader hears of a read position. [R3] */
  receiptsMaxMembers: 100,
  /** Above this many people in a room, presence is a number. [P2] */
  presenceMaxUsers: 100,
  /** Ops in one `POST /v1/ops`. */
  postedMaxOps: 64,
  /** Longest `wait` of `GET /v1/sync`. */
  syncMaxWaitSeconds: 25,
} as const;
