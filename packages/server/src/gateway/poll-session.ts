import { PROTOCOL_VERSION, type DownFrame } from "@confab/sdk/protocol";
import type { Cancel, Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { Gateway } from "./gateway.js";
import { PollSocket } from "./poll-socket.js";
import type { Session, SessionOptions } from "./session.js";

/** What sessions without a socket are made of. */
export interface PollParts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly random: Random;
}

/** What one request wants of its session. */
export interface PollPlan {
  readonly token: string;
  readonly options: SessionOptions;
  /** The session is live: says what the request came to say. */
  readonly onWelcome: (session: Session) => void;
  /** Frames have come; `bytes` counts all of them so far. */
  readonly onFrames: (frames: readonly DownFrame[], bytes: number) => void;
  /** The session has closed with this code. Nothing follows. */
  readonly onClosed: (code: number) => void;
}

/**
 * Opens a session of the gateway for one request: the very code a socket meets. The answer ends it
 * when the client has given up the request; then nothing more is said.
 */
export function openPollSession({ gateway, clock, random }: PollParts, plan: PollPlan): Cancel {
  let isOver = false;
  const socket = new PollSocket({
    onFrames: (frames) => {
      if (isOver) return;
      plan.onFrames(frames, socket.bytes);
      // Not within the session's own sending, which must end first.
      if (frames.some(({ t }) => t === "welcome")) clock.after(0, welcome);
    },
    onClose: (code) => {
      clock.after(0, () => {
        session.closed();
      });
      if (isOver) return;
      isOver = true;
      plan.onClosed(code);
    },
  });
  const session = gateway.accept(socket, plan.options);
  session.receive(JSON.stringify([helloFrame(plan.token, random)]));

  function welcome(): void {
    if (!isOver) plan.onWelcome(session);
  }

  return () => {
    isOver = true;
    session.closed();
  };
}

function helloFrame(token: string, random: Random) {
  const client = random.hex(16);
  return { t: "hello", v: PROTOCOL_VERSION, token, client, sdk: "http", caps: [], rooms: {} };
}
