import { LIMITS, PROTOCOL_VERSION, type WelcomeFrame } from "@confab/sdk/protocol";

/** What differs from one welcome to the next. Times are Unix milliseconds. */
type WelcomeFacts = Pick<WelcomeFrame, "session" | "me" | "now" | "heartbeatMs" | "tokenExp">;

/** The frame that makes a connection live, with every number the client must respect. [H3] */
export function welcomeFrame(facts: WelcomeFacts): WelcomeFrame {
  const { bodyMaxCodePoints, bodyMaxBytes, messageMaxBytes, windowMaxOps, roomsMaxCount } = LIMITS;
  const { mentionsMaxCount, editWindowMs } = LIMITS;
  return {
    t: "welcome",
    v: PROTOCOL_VERSION,
    caps: [],
    limits: {
      bodyMaxCodePoints,
      bodyMaxBytes,
      messageMaxBytes,
      windowMaxOps,
      roomsMaxCount,
      mentionsMaxCount,
      editWindowMs,
    },
    ...facts,
  };
}
