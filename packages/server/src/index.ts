export { createChatServer, type ChatServer, type ChatServerOptions } from "./chat-server.js";
export { readConfig, type ServerConfig } from "./config.js";
export { StartError } from "./platform/start-error.js";
export { createLog, SILENT_LOG, type Log, type LogLevel } from "./telemetry/log.js";
