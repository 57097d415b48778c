import type { Chat, ChatOptions } from "./chat.js";
import { ChatCore } from "./chat-core.js";
import { lazyTransport } from "./connection/lazy-transport.js";
import { httpPart } from "./lazy-parts.js";
import { lazyStorage } from "./lazy-storage.js";
import { partysocketTransport } from "./connection/partysocket-transport.js";
import { errorFromCode } from "./errors.js";
import { fetchHttp } from "./platform/fetch-http.js";
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
  const { webSocket = globalThis.WebSocket } = options;
  const { storage = "indexedDB" in globalThis ? "indexeddb" : "memory" } = options;
  if (typeof webSocket !== "function") {
    throw errorFromCode("invalid", "connect without a WebSocket class as `webSocket`");
  }
  const clock = createSystemClock();
  return new ChatCore(options, {
    clock,
    random: SYSTEM_RANDOM,
    network: SYSTEM_NETWORK,
    http: fetchHttp,
    openTransport: partysocketTransport(webSocket),
    openHttpTransport: lazyTransport(async () => {
      const { httpTransport } = await httpPart();
      return httpTransport({ clock, http: fetchHttp });
    }),
    loadStorage: storage === "indexeddb" ? lazyStorage(clock) : undefined,
    report: reportError,
  });
}
