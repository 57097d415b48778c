import type { Clock } from "../platform/clock.js";
import type { HttpAnswer, HttpClient } from "../platform/http.js";
import type { DownFrame, UpFrame } from "../protocol/frames.js";
import { LIMITS } from "../protocol/limits.js";
import type { PostedFrame } from "../protocol/without-socket.js";
import { codeOfAnswer } from "./code-of-answer.js";
import { HttpSubscriptions } from "./http-subscriptions.js";
import type { OpenTransport, Transport, TransportHandlers } from "./transport.js";

/** A question that asks for what is there already is answered within this. */
const ANSWER_LIMIT_MS = 15_000;
/** Questions start at most this often, so that a busy room is not one question per message. */
const ASK_EVERY_MS = 250;

/** A token with less than this left is to be renewed; more than the longest question takes. [V4] */
const RENEW_AHEAD_MS = 60_000;

/** What a line by HTTP takes from the world. */
export interface HttpTransportPlatform {
  readonly http: HttpClient;
  readonly clock: Clock;
}

/**
 * The same protocol without a socket, for networks that let none through: what is said is posted,
 * one request at a time and in order; what is heard are the answers to one question after another,
 * each of which waits at the server for news. The address is the base of the server's HTTP.
 */
export function httpTransport(platform: HttpTransportPlatform): OpenTransport {
  return (url, handlers) => new HttpTransport(platform, url, handlers);
}

class HttpTransport implements Transport {
  readonly #platform: HttpTransportPlatform;
  readonly #url: string;
  readonly #handlers: TransportHandlers;
  readonly #rooms = new HttpSubscriptions();
  readonly #toPost: (readonly PostedFrame[])[] = [];
  /** The token questions carry; posts keep the one before until a question was answered with it. */
  #token = "";
  #provenToken = "";
  /** The token of the last answer; its end is told of when it has this long left, and once. */
  #answeredToken = "";
  #renewBelowMs = 0;
  /** Until then, in milliseconds from the last answer. */
  #untilRenewalMs = Infinity;
  #askedAt = -Infinity;
  #isAsking = false;
  #isPosting = false;
  #isOver = false;
  #cancelAsking: () => void;
  #cancelPosting: () => void = () => undefined;

  constructor(platform: HttpTransportPlatform, url: string, handlers: TransportHandlers) {
    this.#platform = platform;
    this.#url = `${url}/v1`;
    this.#handlers = handlers;
    this.#cancelAsking = platform.clock.after(0, () => {
      handlers.onOpen();
    });
  }

  send(message: string): void {
    if (this.#isOver) return;
    const frames = JSON.parse(message) as UpFrame[];
    const posted = frames.filter(isPosted);
    const isNewQuestion = frames.map((frame) => this.#note(frame)).includes(true);
    if (posted.length > 0) this.#toPost.push(posted);
    if (isNewQuestion) this.#ask(0);
    this.#post();
  }

  close(): void {
    this.#isOver = true;
    this.#cancelAsking();
    this.#cancelPosting();
  }

  /** What a frame changes about the question; tells whether it is to be asked anew, at once. */
  #note(frame: UpFrame): boolean {
    if (frame.t === "hello") this.#rooms.addAll(frame.rooms);
    if (frame.t === "hello") this.#provenToken = frame.token;
    if (frame.t === "hello" || frame.t === "auth") this.#token = frame.token;
    if (frame.t === "sub") this.#rooms.addAll({ [frame.room]: frame });
    if (frame.t === "unsub") this.#rooms.remove(frame.room);
    return !isPosted(frame) && frame.t !== "pong";
  }

  /** Asks what is new since the cursors, in place of the question that is open. */
  #ask(waitSeconds: number): void {
    this.#cancelAsking();
    const { http, clock } = this.#platform;
    const token = this.#token;
    const { rooms, isWhole } = this.#rooms.next();
    const wait = isWhole ? waitSeconds : 0;
    const query = `rooms=${encodeURIComponent(JSON.stringify(rooms))}&wait=${String(wait)}`;
    const url = `${this.#url}/sync?${query}`;
    this.#askedAt = clock.monotonic();
    this.#isAsking = true;
    const limitMs = wait * 1_000 + ANSWER_LIMIT_MS;
    this.#cancelAsking = http({ method: "GET", url, token, limitMs }, (answer) => {
      this.#hear(answer, token);
    });
  }

  #hear(answer: HttpAnswer, token: string): void {
    if (this.#isOver) return;
    this.#isAsking = false;
    const frames = framesOf(answer);
    if (frames) {
      const told = [...this.#rooms.read(frames), ...this.#renewal(frames, token)];
      this.#handlers.onMessage(JSON.stringify(told));
      this.#provenToken = token;
      this.#askLater();
    } else if (answer.status === 401 && token !== this.#provenToken) {
      // A renewal that is refused leaves the token there was, as on a socket. [V4]
      if (this.#token === token) this.#token = this.#provenToken;
      this.#handlers.onMessage('[{"t":"error","code":"unauthenticated"}]');
      this.#askLater();
    } else this.#fail(answer);
  }

  /**
   * Nobody but us knows that this is one line, so we say that its token runs out: in time, or half
   * way through one that is short from the beginning. [V4]
   */
  #renewal(frames: readonly DownFrame[], token: string): readonly DownFrame[] {
    const welcome = frames.find((frame) => frame.t === "welcome");
    if (!welcome) return [];
    const leftMs = welcome.tokenExp - welcome.now;
    if (this.#answeredToken !== token) {
      this.#renewBelowMs = leftMs > RENEW_AHEAD_MS ? RENEW_AHEAD_MS : leftMs / 2;
    }
    this.#answeredToken = token;
    this.#untilRenewalMs = leftMs - this.#renewBelowMs;
    if (this.#untilRenewalMs > 0) return [];
    this.#renewBelowMs = -Infinity;
    this.#untilRenewalMs = Infinity;
    return [{ t: "authreq", exp: welcome.tokenExp }];
  }

  /** What was heard may have led to the next question at once. */
  #askLater(): void {
    if (this.#isOver || this.#isAsking) return;
    const { clock } = this.#platform;
    const delayMs = Math.max(0, this.#askedAt + ASK_EVERY_MS - clock.monotonic());
    this.#cancelAsking = clock.after(delayMs, () => {
      this.#ask(Math.min(LIMITS.syncMaxWaitSeconds, Math.ceil(this.#untilRenewalMs / 1_000)));
    });
  }

  /** One request at a time, so that ops arrive in order. [O6] */
  #post(): void {
    const [body] = this.#toPost;
    if (this.#isPosting || this.#isOver || !body) return;
    this.#isPosting = true;
    const request = {
      method: "POST",
      url: `${this.#url}/ops`,
      token: this.#provenToken,
      body,
    } as const;
    this.#cancelPosting = this.#platform.http(request, (answer) => {
      if (this.#isOver) return;
      this.#isPosting = false;
      this.#toPost.shift();
      const frames = framesOf(answer);
      if (!frames) {
        this.#fail(answer);
        return;
      }
      this.#handlers.onMessage(JSON.stringify(frames));
      // A server that had to stop half-way answers what it has: the rest goes on a new line. [O2]
      if (answersAll(frames, body)) this.#post();
      else this.#fail({ status: 0 });
    });
  }

  #fail(answer: HttpAnswer): void {
    const { code, afterMs } = codeOfAnswer(answer);
    if (afterMs !== undefined && !this.#isOver) {
      const bye = { t: "bye", code, after: [afterMs, 2 * afterMs] };
      this.#handlers.onMessage(JSON.stringify([bye]));
    }
    this.#end(code);
  }

  #end(code: number): void {
    if (this.#isOver) return;
    this.close();
    this.#handlers.onClose(code);
  }
}

function isPosted(frame: UpFrame): frame is UpFrame & PostedFrame {
  return frame.t === "op" || frame.t === "read" || frame.t === "typing";
}

function framesOf({ status, body }: HttpAnswer): readonly DownFrame[] | undefined {
  return status === 200 && Array.isArray(body) ? (body as DownFrame[]) : undefined;
}

function answersAll(frames: readonly DownFrame[], posted: readonly PostedFrame[]): boolean {
  const answered = new Set(frames.map((frame) => ("id" in frame ? frame.id : undefined)));
  return posted.every((frame) => frame.t !== "op" || answered.has(frame.id));
}
