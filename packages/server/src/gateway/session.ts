import { CLOSE_CODES, LIMITS } from "@confab/sdk/protocol";
import type { Authentication } from "../auth/authenticator.js";
import type { Cancel } from "../platform/clock.js";
import { closeSocket } from "./close-socket.js";
import { decodeFrame, type DecodedFrame } from "./decode-frame.js";
import { decodeMessage } from "./decode-message.js";
import { encodeFrame } from "./frame.js";
import { Greeting } from "./greeting.js";
import { LiveSession } from "./live-session.js";
import { SendQueue } from "./send-queue.js";
import type { SessionParts } from "./session-parts.js";
import { SessionToken } from "./session-token.js";
import { SessionTimer } from "./session-timer.js";
import { badFrameError, byeFrame } from "./session-frames.js";
import { inputOf, type UntimedInput } from "./session-input.js";
import type { SessionEffect, SessionState } from "./session-state.js";
import { nextTick, openSession, stepSession } from "./session.machine.js";
import type { Socket } from "./socket.js";
import { welcomeFrame } from "./welcome-frame.js";

/** Hears what the gateway must know about a session. */
export interface SessionListener {
  /** The session knows who it speaks for and is about to be welcomed. */
  readonly onAuthenticated: (session: Session) => void;
  /** The session has ended and has let go of everything but its closing socket. */
  readonly onEnded: (session: Session) => void;
}

/** What a session may do without. */
export interface SessionOptions {
  /** Whether the client hears of the rooms it belongs to. */
  readonly roomList: "sent" | "withheld";
}

/**
 * The server's side of one connection: reads messages, asks the machine what they mean, and does
 * what it says. What a live session does with rooms and ops stands in `LiveSession`.
 */
export class Session {
  readonly id: string;
  readonly #parts: SessionParts;
  readonly #socket: Socket;
  readonly #listener: SessionListener;
  readonly #options: SessionOptions;
  readonly #queue: SendQueue;
  readonly #greeting: Greeting;
  readonly #token: SessionToken;
  readonly #openedAt: number;
  #state: SessionState;
  #live: LiveSession | undefined;
  readonly #timer: SessionTimer;
  #clientKey: string | undefined;
  #cancelTerminate: Cancel | undefined;

  constructor(
    parts: SessionParts,
    socket: Socket,
    listener: SessionListener,
    options: SessionOptions,
  ) {
    this.#parts = parts;
    this.#options = options;
    this.#socket = socket;
    this.#listener = listener;
    this.id = parts.random.hex(8);
    this.#openedAt = parts.clock.monotonic();
    this.#queue = new SendQueue({
      socket,
      clock: parts.clock,
      turn: parts.turn,
      limits: parts.limits,
      onSlow: () => {
        this.#input({ type: "slow" });
      },
    });
    this.#token = new SessionToken(parts);
    this.#greeting = new Greeting(parts.limits.heldMaxFrames);
    this.#timer = new SessionTimer(parts.clock, () => {
      this.#input({ type: "tick" });
    });
    this.#state = openSession(this.#openedAt, parts.limits);
    this.#timer.expect(nextTick(this.#state, parts.limits));
  }

  /** Names the client instance of a live session: the same one connecting again replaces it. */
  get clientKey(): string | undefined {
    return this.#clientKey;
  }

  /** Takes one text message. */
  receive(text: string): void {
    this.#guard(() => {
      const isGreeting = this.#live === undefined;
      const maxBytes = isGreeting ? LIMITS.greetingMaxBytes : LIMITS.messageMaxBytes;
      const isOversized = text.length > maxBytes || Buffer.byteLength(text) > maxBytes;
      const frames = isOversized ? undefined : decodeMessage(text);
      if (isOversized) this.#input({ type: "oversized" });
      else if (frames === undefined) this.#input({ type: "unreadable" });
      else for (const frame of frames) this.#receiveFrame(decodeFrame(frame));
    });
  }

  /** Takes a binary message, which the protocol does not have. [W1] */
  receiveBinary(): void {
    this.#input({ type: "unreadable" });
  }

  /** The socket is gone, whoever closed it. */
  closed(): void {
    this.#cancelTerminate?.();
    this.#input({ type: "socket-closed" });
  }

  /**
   * Ends this session because its client has connected again. The client does not hear of it on its
   * new connection.
   */
  replace(): void {
    this.#input({ type: "replaced" });
  }

  /** Calls back when everything the client has asked for has its outcome. */
  whenAnswered(done: () => void): void {
    this.#live?.whenAnswered(done);
  }

  /** Calls back when the socket was given the whole room list. */
  whenListed(done: () => void): void {
    this.#live?.whenListed(done);
  }

  /** Sends what is there and closes: whoever made this connection needs it no longer. */
  leave(): void {
    this.#input({ type: "left" });
  }

  /** Announces the restart, reads no more, and calls back when every op has its outcome. [V6] */
  drain(answered: () => void): void {
    this.#input({ type: "drain" });
    if (this.#live === undefined) answered();
    else this.#live.drain(answered);
  }

  /** Closes after `drain`. */
  finish(): void {
    this.#input({ type: "drained" });
  }

  #receiveFrame(decoded: DecodedFrame): void {
    if (decoded.type === "hello") this.#greeting.hear(decoded.frame);
    const frame = decoded.type === "frame" ? decoded.frame : undefined;
    if (frame?.t === "auth") this.#token.hear(frame.token);
    this.#input(inputOf(decoded), decoded);
  }

  #input(input: UntimedInput, decoded?: DecodedFrame): void {
    const { clock, limits } = this.#parts;
    const { state, effects } = stepSession(
      this.#state,
      { ...input, at: clock.monotonic() },
      limits,
    );
    this.#state = state;
    for (const effect of effects) this.#perform(effect, decoded);
    if (this.#state.phase !== "closed") this.#timer.expect(nextTick(this.#state, limits));
  }

  #perform(effect: SessionEffect, decoded: DecodedFrame | undefined): void {
    switch (effect.type) {
      case "authenticate":
        this.#authenticate();
        break;
      case "dispatch":
        if (decoded?.type === "frame") this.#live?.handle(decoded.frame);
        break;
      case "hold":
        if (decoded?.type === "frame" && !this.#greeting.hold(decoded.frame)) {
          this.#input({ type: "unreadable" });
        }
        break;
      case "refuse-frame":
        this.#queue.enqueue(encodeFrame(badFrameError(decoded)));
        break;
      case "ping":
        this.#queue.enqueue(encodeFrame({ t: "ping", heads: this.#live?.heads() ?? {} }));
        break;
      case "ask-token":
        this.#queue.enqueue(encodeFrame({ t: "authreq", exp: this.#token.expiresAt }));
        break;
      case "renew":
        this.#token.renew(this.#live?.principal.id ?? "", (result) => {
          this.#guard(() => this.#input(result));
        });
        break;
      case "refuse-token":
        this.#queue.enqueue(encodeFrame({ t: "error", code: "unauthenticated" }));
        break;
      case "bye":
        this.#queue.enqueue(encodeFrame(byeFrame(effect.code, this.#parts.limits)));
        break;
      case "close":
        this.#close(effect.code);
        break;
      case "forget":
        this.#end();
        break;
      case "welcome":
        this.#welcome();
        break;
    }
  }

  #authenticate(): void {
    this.#parts.authenticator.authenticate(this.#greeting.token, (authentication) => {
      this.#guard(() => {
        if (this.#state.phase === "authenticating") this.#takeAuthentication(authentication);
      });
    });
  }

  #takeAuthentication(authentication: Authentication): void {
    const { random, log } = this.#parts;
    if (!authentication.ok) {
      log.write("info", "authentication-refused", { reason: authentication.reason });
      this.#input({ type: "refused", reason: authentication.reason });
      return;
    }
    this.#live = new LiveSession(this.#parts, {
      principal: authentication.principal,
      queue: this.#queue,
      socket: this.#socket,
      guard: (task) => this.#guard(task),
      onStorageFailure: (problem) => {
        log.write("error", "storage-unavailable", { problem });
        this.#input({ type: "storage-failed" });
      },
    });
    const remainingMs = this.#token.accept(authentication.expiresAt);
    this.#input({ type: "authenticated", remainingMs, fraction: random.number() });
  }

  #welcome(): void {
    const live = this.#live;
    if (live === undefined) return;
    const { clock, limits } = this.#parts;
    const frame = welcomeFrame({
      session: this.id,
      me: live.principal,
      now: clock.now(),
      heartbeatMs: limits.heartbeatMs,
      tokenExp: this.#token.expiresAt,
    });
    this.#queue.enqueue(encodeFrame(frame));
    this.#clientKey = `${live.principal.id} ${this.#greeting.client}`;
    this.#listener.onAuthenticated(this);
    if (this.#options.roomList === "sent") live.beginList();
    for (const frame of this.#greeting.takeFrames()) this.#receiveFrame({ type: "frame", frame });
  }

  #close(code: number): void {
    if (code !== CLOSE_CODES.slowConsumer) this.#queue.flush();
    this.#cancelTerminate = closeSocket(this.#socket, code, this.#parts);
    this.#end(code);
  }

  #end(code?: number): void {
    this.#timer.stop();
    this.#live?.end();
    this.#queue.close();
    this.#greeting.forget();
    const durationMs = Math.round(this.#parts.clock.monotonic() - this.#openedAt);
    this.#parts.log.write("info", "connection-closed", {
      session: this.id,
      durationMs,
      ...(code === undefined ? {} : { code }),
    });
    this.#listener.onEnded(this);
  }

  /** A mistake of ours ends this connection and no other. */
  #guard(task: () => void): void {
    try {
      task();
    } catch (problem) {
      this.#parts.log.write("error", "session-failed", { session: this.id, problem });
      this.#input({ type: "failed" });
    }
  }
}
