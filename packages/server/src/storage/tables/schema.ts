export { events } from "./events.table.js";
export { messages } from "./messages.table.js";
export { rejectedOps } from "./rejected-ops.table.js";
export { rooms } from "./rooms.table.js";
