import type { Chat, ChatOptions } from "./chat.js";
import { ChatCore } from "./chat-core.js";
import type { ChatPlatform } from "./chat-platform.js";

/**
 * A chat on a given platform. It does nothing until a room is opened, a message sent, or `connect`
 * called.
 */
export function createChatWith(options: ChatOptions, platform: ChatPlatform): Chat {
  return new ChatCore(options, platform);
}
