import { ChatProvider } from "../components/chat-provider/chat-provider.js";
import { defineElement } from "../define-element.js";

defineElement("chat-provider", ChatProvider);
