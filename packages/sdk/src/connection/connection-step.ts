import type { ChatError } from "../errors.js";
import type { WelcomeFrame } from "../protocol/handshake.js";
import type { ByeFrame } from "../protocol/liveness.js";
import type { Liveness } from "./liveness.js";

/** What one attempt leaves to the next. */
export interface AttemptMemory {
  /** Attempts that failed since a connection last lived. */
  readonly failures: number;
  /** The one immediate attempt with a fresh token was spent. [V4] */
  readonly didRefresh: boolean;
  /** Attempts in a row whose socket never opened: where sockets fail, HTTP carries the frames. */
  readonly unopened: number;
  /** HTTP works here: this socket is a try, and where it does not open HTTP goes on at once. */
  readonly isProbe: boolean;
}

/** What carries the frames of a line. */
export type Via = "socket" | "http";

/**
 * The life of the line. Times are of the monotonic clock, in milliseconds; `bye` is when the server
 * wants us back, if it said that it goes.
 */
export type ConnectionMachineState =
  | { readonly status: "idle"; readonly memory: AttemptMemory }
  | {
      readonly status: "fetching-token";
      readonly memory: AttemptMemory;
      readonly deadline: number;
    }
  | {
      readonly status: "opening";
      readonly via: Via;
      readonly memory: AttemptMemory;
      readonly deadline: number;
      readonly bye?: readonly number[];
    }
  | {
      readonly status: "greeting";
      readonly via: Via;
      readonly memory: AttemptMemory;
      readonly deadline: number;
      readonly bye?: readonly number[];
    }
  | (Liveness & {
      readonly status: "live";
      readonly via: Via;
      readonly memory: AttemptMemory;
      readonly since: number;
      readonly bye?: readonly number[];
    })
  | {
      readonly status: "waiting";
      readonly memory: AttemptMemory;
      readonly retryAt: number;
      /** `told`: the server said when to return, so no hint shortens the wait. */
      readonly reason: "offline" | "lost" | "refused" | "told";
    }
  | { readonly status: "closed"; readonly error?: ChatError };

/** What can happen to the line: two frames, and the rest. */
export type ConnectionInput =
  /** Something needs the line: a room was opened, a message sent. */
  | { readonly t: "want" }
  /** The application asks to connect now. */
  | { readonly t: "connect" }
  | { readonly t: "close"; readonly error?: ChatError }
  | { readonly t: "token" }
  /** No token could be had; with `isFinal`, none ever will. */
  | { readonly t: "token-failed"; readonly error: ChatError; readonly isFinal: boolean }
  | { readonly t: "opened" }
  /** Any message arrived: a sign of life. [V1] */
  | { readonly t: "received" }
  | WelcomeFrame
  | ByeFrame
  /** The socket is gone. */
  | { readonly t: "lost"; readonly code: number }
  /** The other side does not speak our protocol. */
  | { readonly t: "garbled" }
  /** The network came or went, or the page or the machine may have slept. [V2] */
  | { readonly t: "hint" }
  | { readonly t: "tick" };

/** What the driver has to do, in order. */
export type ConnectionEffect =
  | { readonly type: "request-token" }
  | { readonly type: "open"; readonly via: Via }
  | { readonly type: "greet" }
  | { readonly type: "ping" }
  /** Detach the socket and close it; nothing it says later is read. [V2] */
  | { readonly type: "drop" }
  /** The server closed with this code because of the token, or of whom it names. */
  | { readonly type: "refuse-token"; readonly code: number };

/**
 * What a step needs from outside: monotonic milliseconds, a number in [0, 1), and whether there may
 * be a network.
 */
export interface Moment {
  readonly now: number;
  readonly random: number;
  readonly isOnline: boolean;
}

/** State after a step, and what to do. */
export interface ConnectionStep {
  readonly state: ConnectionMachineState;
  readonly effects: readonly ConnectionEffect[];
}

/** The machine's state while in one status. */
export type InState<Status extends ConnectionMachineState["status"]> = Extract<
  ConnectionMachineState,
  { readonly status: Status }
>;

/** The states that have a socket. */
export type OnSocket = InState<"opening"> | InState<"greeting"> | InState<"live">;
