import type { Chat, ChatOptions } from "./chat.js";
import { ChatCore } from "./chat-core.js";
import { partysocketTransport } from "./connection/partysocket-transport.js";
import { ChatError } from "./errors.js";
import { FETCH_HTTP } from "./platform/fetch-http.js";
import { reportError } from "./platform/report-error.js";
import { createSystemClock } from "./platform/system-clock.js";
import { SYSTEM_NETWORK } from "./platform/system-network.js";
import { SYSTEM_RANDOM } from "./platform/system-random.js";

/**
 * A chat on this browser, worker or Node. It does nothing until a room is opened, a message sent,
 * or `connect` called. Throws `invalid` for a wrong address or time zone, and where there is no
 * WebSocket class.
 */
export function createChat(options: ChatOptions): Chat {
  if (typeof options.token !== "function") {
    throw new ChatError("invalid", "unable to create the chat; `token` is not a function");
  }
  if (options.webSocket === undefined && typeof globalThis.WebSocket !== "function") {
    const reason = "this platform has no WebSocket; pass a class as `webSocket`";
    throw new ChatError("invalid", `unable to create the chat; ${reason}`);
  }
  return new ChatCore(options, {
    clock: createSystemClock(),
    random: SYSTEM_RANDOM,
    network: SYSTEM_NETWORK,
    http: FETCH_HTTP,
    openTransport: partysocketTransport(options.webSocket),
    report: reportError,
  });
}
