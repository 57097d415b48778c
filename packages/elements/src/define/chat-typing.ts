import { ChatTyping } from "../components/chat-typing/chat-typing.js";
import { defineElement } from "../define-element.js";

defineElement("chat-typing", ChatTyping);
