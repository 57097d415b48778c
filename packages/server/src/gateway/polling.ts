import {
  CLOSE_CODES,
  LIMITS,
  postedFramesSchema,
  type DownFrame,
  type SyncQuery,
} from "@confab/sdk/protocol";
import type { Cancel } from "../platform/clock.js";
import { decodeMessage } from "./decode-message.js";
import { answerOfClose, type PollAnswer } from "./poll-answer.js";
import { openPollSession, type PollParts } from "./poll-session.js";
import { PollNews } from "./poll-news.js";

/** Takes the answer to a request, exactly once, unless the request was cancelled. */
type Answer = (answer: PollAnswer) => void;

const MS_PER_SECOND = 1_000;

/** Who typed this long before their token was verified may have stopped since. [P1] */
const TYPING_MAX_AGE_MS = 500;

/** Close code for "all is said", from the WebSocket standard. */
const NORMAL_CLOSURE = 1000;

/** Frames that are about a live connection, which a request is not. */
const UNTOLD_TYPES: ReadonlySet<DownFrame["t"]> = new Set(["ping", "pong", "bye", "authreq"]);

/**
 * The protocol without a socket: each request is a session of the gateway that lives until it is
 * answered. It works by callbacks alone and knows no HTTP.
 */
export class Polling {
  readonly #parts: PollParts & { readonly maxBytes: number };

  constructor(parts: PollParts & { readonly maxBytes: number }) {
    this.#parts = parts;
  }

  /**
   * Does the posted frames in order and answers with the outcomes of the ops among them, in their
   * order; a token that is not good is told before anything about the frames. A session that ends
   * first answers with the outcomes there are, if there are any.
   */
  post(token: string, body: string, done: Answer): Cancel {
    const { gateway, clock } = this.#parts;
    if (gateway.isDraining) return refuse(answerOfClose(CLOSE_CODES.goingAway), done);
    const postedAt = clock.monotonic();
    const heard: DownFrame[] = [];
    let isInvalid = false;
    return openPollSession(this.#parts, {
      token,
      options: { roomList: "withheld" },
      onWelcome: (session) => {
        const posted = postedFramesSchema.safeParse(decodeMessage(body));
        isInvalid = !posted.success;
        const isLate = clock.monotonic() - postedAt > TYPING_MAX_AGE_MS;
        if (posted.success) session.receive(isLate ? withoutTyping(body) : body);
        session.whenAnswered(() => {
          session.leave();
        });
      },
      onFrames: (frames) => {
        heard.push(...frames.filter((frame) => isOutcome(frame) || frame.t === "error"));
      },
      onClosed: (code) => {
        // A drain lets the session end in order, and drops what had not begun.
        const isCut = code !== NORMAL_CLOSURE || gateway.isDraining;
        const closeCode = code === NORMAL_CLOSURE ? CLOSE_CODES.goingAway : code;
        if (isInvalid) done({ ok: false, code: "invalid" });
        else if (isCut && !heard.some(isOutcome)) done(answerOfClose(closeCode));
        else done({ ok: true, frames: heard });
      },
    });
  }

  /**
   * Brings the rooms from their cursors to the head and answers with everything a socket would have
   * been sent: at once if there is news, otherwise when there is, or when the wait is over.
   */
  sync(token: string, { rooms, wait }: SyncQuery, done: Answer): Cancel {
    const { gateway, clock, maxBytes } = this.#parts;
    if (gateway.isDraining) return refuse(answerOfClose(CLOSE_CODES.goingAway), done);
    const told: DownFrame[] = [];
    const news = new PollNews(Object.keys(rooms));
    let cancelWait: Cancel | undefined;
    let leave: () => void = () => undefined;
    const cancel = openPollSession(this.#parts, {
      token,
      options: { roomList: "sent" },
      onWelcome: (session) => {
        leave = () => session.leave();
        const subs = Object.entries(rooms).map(([room, it]) => ({ t: "sub", room, ...it }));
        for (const part of inParts(subs)) session.receive(JSON.stringify(part));
        session.whenListed(() => {
          news.listed();
          if (news.isDue) leave();
        });
        cancelWait = clock.after(wait * MS_PER_SECOND, () => {
          news.waitIsOver();
          if (news.isDue) leave();
        });
      },
      onFrames: (frames, bytes) => {
        told.push(...frames.filter(({ t }) => !UNTOLD_TYPES.has(t)));
        for (const frame of frames) news.heard(frame);
        if (news.isDue || bytes > maxBytes) clock.after(0, leave);
      },
      onClosed: (code) => {
        cancelWait?.();
        done(code === NORMAL_CLOSURE ? { ok: true, frames: told } : answerOfClose(code));
      },
    });
    return () => {
      cancelWait?.();
      cancel();
    };
  }
}

/** The posted frames as they are, but for those that are about a moment that has passed. */
function withoutTyping(body: string): string {
  const frames = JSON.parse(body) as readonly { readonly t: string }[];
  return JSON.stringify(frames.filter(({ t }) => t !== "typing"));
}

function isOutcome({ t }: DownFrame): boolean {
  return t === "ack" || t === "nack";
}

/** Answers without a session; there is nothing to cancel. */
function refuse(answer: PollAnswer, done: Answer): Cancel {
  done(answer);
  return () => undefined;
}

/** Frames in messages of a size that a session takes. */
function inParts<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / LIMITS.batchMaxFrames);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * LIMITS.batchMaxFrames, (index + 1) * LIMITS.batchMaxFrames),
  );
}
