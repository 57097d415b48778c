import type { ErrorCode } from "../../packages/sdk/src/protocol/error-codes.js";

/**
 * Where a program meets an error: thrown by the call itself; on the operation, that is its promise,
 * its `$status`, the timeline's item and `op-failed`; in the state of a room or of a page of
 * messages; on `$connection`; as the event `auth-error`; or only in an answer to an HTTP request
 * of one's own.
 */
export type ErrorPlace = "call" | "operation" | "room" | "connection" | "auth-error" | "HTTP";

interface ErrorNote {
  readonly places: readonly ErrorPlace[];
  readonly advice: string;
}

/** What the page says about a code besides the table the programs read; none can be left out. */
export const ERROR_NOTES = {
  invalid: {
    places: ["call", "operation", "HTTP"],
    advice: "Correct the argument. The text is kept on the item.",
  },
  bad_frame: {
    places: ["connection", "HTTP"],
    advice: "A client that does not follow the protocol: update it, or mend it if it is yours.",
  },
  unauthenticated: {
    places: ["connection", "auth-error", "HTTP"],
    advice: "Sign the person in again, then make a new chat with the new token.",
  },
  token_expired: {
    places: ["auth-error", "HTTP"],
    advice: "Nothing: the SDK asks the provider for a new token. Over HTTP, send a new one.",
  },
  forbidden: {
    places: ["operation", "room", "connection", "HTTP"],
    advice: "Do not offer it: `$state.capabilities` says what this person may do here.",
  },
  not_found: {
    places: ["call", "operation", "room", "HTTP"],
    advice: "Show that the room or message is not there. Whether it is hidden is not told.",
  },
  conflict: {
    places: ["operation", "HTTP"],
    advice: "Send again as something new: `retry` takes a new id.",
  },
  too_large: {
    places: ["call", "operation", "HTTP"],
    advice: "Shorten the text. The limits come with `welcome`.",
  },
  room_closed: { places: ["operation", "HTTP"], advice: "Show the room as read-only." },
  target_gone: {
    places: ["operation", "HTTP"],
    advice: "Drop the change: the message was deleted, or never existed.",
  },
  edit_window: {
    places: ["operation", "HTTP"],
    advice: "Offer to send the text as a new message.",
  },
  rate_limited: {
    places: ["room", "HTTP"],
    advice: "Ask again after `retryAfterMs`. Messages are never refused for this, only delayed.",
  },
  slow_mode: { places: ["operation", "HTTP"], advice: "Offer to send it again after a while." },
  muted: { places: ["operation", "HTTP"], advice: "Keep the text and say why." },
  moderated: { places: ["operation", "HTTP"], advice: "Keep the text and say why." },
  cancelled: {
    places: ["operation", "HTTP"],
    advice: "Nothing: somebody discarded it, and it will never appear.",
  },
  expired: {
    places: ["operation"],
    advice: "Ask the person: it is days old, and `retry` sends it as new.",
  },
  version: { places: ["connection", "HTTP"], advice: "Update the client, or reload the page." },
  unavailable: {
    places: ["room", "HTTP"],
    advice: "Wait: the SDK sends everything again by itself. Over HTTP, after `Retry-After`.",
  },
  replaced: {
    places: ["connection"],
    advice: "Say that the chat goes on elsewhere; a new chat takes it back.",
  },
  too_many_connections: {
    places: ["connection", "HTTP"],
    advice: "Share one chat between the rooms of a page; close chats that are not needed.",
  },
  disabled: {
    places: ["connection", "auth-error", "HTTP"],
    advice: "Say so, and offer a way to ask about it. A new token changes nothing.",
  },
  going_away: { places: ["HTTP"], advice: "Ask again after `Retry-After`; the SDK reconnects." },
  internal: {
    places: ["operation", "room", "connection", "HTTP"],
    advice: "Report it with `details.code`, which says what a newer server meant.",
  },
  outbox_full: {
    places: ["call"],
    advice: "Keep the text in the field until what waits has been sent.",
  },
  token_provider: {
    places: ["auth-error"],
    advice: "Look into your token endpoint; the SDK asks again, later and later.",
  },
  network: {
    places: ["room", "auth-error"],
    advice: "Offer to try again. The connection itself never reports it: it waits and retries.",
  },
  closed: {
    places: ["call", "operation"],
    advice: "Make a new chat. The outcome of what was under way is open.",
  },
} as const satisfies Record<ErrorCode, ErrorNote>;
