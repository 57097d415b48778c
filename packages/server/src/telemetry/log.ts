import { pino, type DestinationStream } from "pino";

/**
 * What a log line may say besides its event. Nothing here can hold a body, a name, a token or an
 * address.
 */
export interface LogFields {
  readonly session?: string;
  /** Close code of a connection. */
  readonly code?: number;
  readonly status?: number;
  readonly durationMs?: number;
  readonly count?: number;
  /** A word out of a closed list of ours. */
  readonly reason?: string;
  /**
   * What was thrown. Only its class, its code and where it happened are written, since messages may
   * quote input.
   */
  readonly problem?: unknown;
}

/** Everything that is logged, so that a dashboard can rely on it. */
export type LogEvent =
  | "authentication-refused"
  | "connection-closed"
  | "guest-limited"
  | "nobody-can-enter"
  | "rate-limits-off"
  | "request-failed"
  | "restored"
  | "server-draining"
  | "server-started"
  | "server-stopped"
  | "session-failed"
  | "storage-unavailable"
  | "upgrade-refused"
  | "unexpected-error";

/** Levels in use, from the most to the least talkative. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Where the server tells its operator what happens. */
export interface Log {
  write(level: Exclude<LogLevel, "silent">, event: LogEvent, fields?: LogFields): void;
}

const STANDARD_ERROR = 2;

/** Frames of a stack that are written: enough to find the line. */
const STACK_MAX_LINES = 8;

/**
 * Logs JSON lines to the given stream; only the fields of `LogFields` pass, whatever it is given.
 */
export function createLog(level: LogLevel, stream: DestinationStream): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    write(lineLevel, event, fields = {}) {
      logger[lineLevel]({ event, ...allowed(fields) });
    },
  };
}

/** Logs to standard error, so that what is meant for people stays readable on standard output. */
export function createStandardLog(level: LogLevel): Log {
  return createLog(level, pino.destination({ fd: STANDARD_ERROR, sync: true }));
}

/** Says nothing. For tests and simulations. */
export const SILENT_LOG: Log = {
  write() {
    return;
  },
};

function allowed({ session, code, status, durationMs, count, reason, problem }: LogFields) {
  return { session, code, status, durationMs, count, reason, ...describe(problem) };
}

function describe(problem: unknown): { problem?: string; at?: string[] } {
  if (problem === undefined) return {};
  if (!(problem instanceof Error)) return { problem: typeof problem };
  const code = "code" in problem && typeof problem.code === "string" ? ` ${problem.code}` : "";
  const at = (problem.stack ?? "")
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, STACK_MAX_LINES)
    .map((line) => line.trim());
  return { problem: `${problem.name}${code}`, at };
}
