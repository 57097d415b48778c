import { ChatGuestForm } from "../components/chat-guest-form/chat-guest-form.js";
import { defineElement } from "../define-element.js";

defineElement("chat-guest-form", ChatGuestForm);
