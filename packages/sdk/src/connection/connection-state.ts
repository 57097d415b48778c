import type { ChatError } from "../errors.js";

/**
 * The life of the line, as the application sees it. None of these is an error but `closed` with
 * one. Times are Unix milliseconds of this machine.
 */
export type ConnectionState =
  /** Nothing has asked for a connection yet. */
  | { readonly status: "idle" }
  /** An attempt is under way: opening the socket, fetching a token, or waiting for `welcome`. */
  | { readonly status: "connecting"; readonly attempt: number }
  /**
   * `http`: sockets fail here, so frames travel by HTTP until one opens; a little slower, nothing
   * else is different.
   */
  | { readonly status: "live"; readonly via: "socket" | "http" }
  /** The next attempt starts at `retryAt`; `offline` tells that the browser reports no network. */
  | {
      readonly status: "waiting";
      readonly attempt: number;
      readonly retryAt: number;
      readonly reason: "offline" | "lost" | "refused";
    }
  /** Final: closed by the application (no error) or by a code that means stop. */
  | { readonly status: "closed"; readonly error?: ChatError };
