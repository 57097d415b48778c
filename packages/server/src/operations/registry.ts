import { deleteMessage } from "./delete-message.js";
import { editMessage } from "./edit-message.js";
import { fence } from "./fence.js";
import type { OperationHandler } from "./operation.js";
import { pinMessage } from "./pin-message.js";
import { react } from "./react.js";
import { sendMessage } from "./send-message.js";

/**
 * Every kind of op this server knows. A map, so that `constructor` and its like are unknown kinds.
 */
export const OPERATIONS: ReadonlyMap<string, OperationHandler> = new Map([
  ["msg", sendMessage],
  ["edit", editMessage],
  ["del", deleteMessage],
  ["react", react],
  ["unreact", react],
  ["pin", pinMessage],
  ["unpin", pinMessage],
  ["fence", fence],
]);
