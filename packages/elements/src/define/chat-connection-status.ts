import * as status from "../components/chat-connection-status/chat-connection-status.js";
import { defineElement } from "../define-element.js";

defineElement("chat-connection-status", status.ChatConnectionStatus);
