import "./chat-composer.js";
import "./chat-connection-status.js";
import "./chat-guest-form.js";
import "./chat-message-list.js";
import "./chat-typing.js";
import { ChatRoom } from "../components/chat-room/chat-room.js";
import { defineElement } from "../define-element.js";

defineElement("chat-room", ChatRoom);
