// Providers come first: a room that is already in the page asks for one the moment it is defined.
import "./define/chat-provider.js";
import "./define/chat-message.js";
import "./define/chat-room.js";
