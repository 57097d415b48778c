import type { OperationHandler } from "./operation.js";

/**
 * `fence`: takes an op back unless it is in the log. Whoever sees the room may: it can only refuse
 * an op of their own. [O11]
 */
export const fence: OperationHandler = () => ({ type: "fence" });
