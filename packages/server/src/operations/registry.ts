import type { OperationHandler } from "./operation.js";
import { sendMessage } from "./send-message.js";

/**
 * Every kind of op this server knows. A map, so that `constructor` and its like are unknown kinds.
 */
export const OPERATIONS: ReadonlyMap<string, OperationHandler> = new Map([["msg", sendMessage]]);
