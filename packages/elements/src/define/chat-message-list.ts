import { ChatMessageList } from "../components/chat-message-list/chat-message-list.js";
import { defineElement } from "../define-element.js";

defineElement("chat-message-list", ChatMessageList);
