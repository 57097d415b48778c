import type { ChatError } from "../errors.js";
import type { Liveness } from "./liveness.js";

/** Earliest and latest return after a `bye`, in milliseconds. [V6] */
export type ReturnWindow = readonly [number, number];

/** What one attempt leaves to the next. */
export interface AttemptMemory {
  /** Attempts that failed since a connection last lived. */
  readonly failures: number;
  /** The one immediate attempt with a fresh token was spent. [V4] */
  readonly didRefresh: boolean;
}

/** The life of the line. Times are of the monotonic clock, in milliseconds. */
export type ConnectionMachineState =
  | { readonly status: "idle"; readonly memory: AttemptMemory }
  | { readonly status: "fetching-token"; readonly memory: AttemptMemory }
  | { readonly status: "opening"; readonly memory: AttemptMemory; readonly deadline: number }
  | {
      readonly status: "greeting";
      readonly memory: AttemptMemory;
      readonly deadline: number;
      readonly bye?: ReturnWindow;
    }
  | {
      readonly status: "live";
      readonly memory: AttemptMemory;
      readonly since: number;
      readonly liveness: Liveness;
      readonly bye?: ReturnWindow;
    }
  | {
      readonly status: "waiting";
      readonly memory: AttemptMemory;
      readonly retryAt: number;
      readonly reason: "offline" | "lost" | "refused";
      /** The server said when to return, so a network change does not shorten the wait. */
      readonly isDirected: boolean;
    }
  | { readonly status: "closed"; readonly error?: ChatError };

/** What can happen to the line. */
export type ConnectionInput =
  /** Something needs the line: a room was opened, a message sent. */
  | { readonly type: "want" }
  /** The application asks to connect now. */
  | { readonly type: "connect" }
  | { readonly type: "close"; readonly error?: ChatError }
  | { readonly type: "token" }
  /** No token could be had; with `isFinal`, none ever will. */
  | { readonly type: "token-failed"; readonly error: ChatError; readonly isFinal: boolean }
  | { readonly type: "opened" }
  /** Any message arrived: a sign of life. [V1] */
  | { readonly type: "received" }
  | { readonly type: "welcome"; readonly heartbeatMs: number }
  | { readonly type: "bye"; readonly after: readonly number[] }
  /** The socket is gone. */
  | { readonly type: "lost"; readonly code: number }
  /** The other side does not speak our protocol. */
  | { readonly type: "garbled" }
  /** The page or the machine may have slept. [V2] */
  | { readonly type: "wake" }
  /** The platform says that the network came or went. */
  | { readonly type: "network" }
  | { readonly type: "tick" };

/** What the driver has to do, in order. */
export type ConnectionEffect =
  | { readonly type: "request-token" }
  | { readonly type: "open" }
  | { readonly type: "greet" }
  | { readonly type: "ping" }
  /** Detach the socket and close it; nothing it says later is read. [V2] */
  | { readonly type: "drop" }
  | { readonly type: "refuse-token"; readonly code: number }
  /** The server closed because of the size of a message. */
  | { readonly type: "oversized" };

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
