import { ChatMessage } from "../components/chat-message/chat-message.js";
import { defineElement } from "../define-element.js";

defineElement("chat-message", ChatMessage);
