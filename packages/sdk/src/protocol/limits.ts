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
} as const;
