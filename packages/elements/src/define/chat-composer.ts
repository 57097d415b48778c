import { ChatComposer } from "../components/chat-composer/chat-composer.js";
import { defineElement } from "../define-element.js";

defineElement("chat-composer", ChatComposer);
