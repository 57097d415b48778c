// The compression of a file looks back 32 kB: styles that stand together are half a kilobyte
// smaller than the same styles each beside its element. Hence they are named here once more.
import "./components/chat-composer/chat-composer.styles.js";
import "./components/chat-connection-status/chat-connection-status.styles.js";
import "./components/chat-guest-form/chat-guest-form.styles.js";
import "./components/chat-message/bubble.styles.js";
import "./components/chat-message/message-row.styles.js";
import "./components/chat-message-list/chat-message-list.styles.js";
import "./components/chat-message-list/jump-button.styles.js";
import "./components/chat-message-list/list-panels.styles.js";
import "./components/chat-room/chat-room.styles.js";
import "./styles/avatar.styles.js";
import "./styles/button.styles.js";
import "./styles/element.styles.js";
import "./styles/token.styles.js";
// Providers come first: a room that is already in the page asks for one as soon as it is defined.
import "./define/chat-provider.js";
import "./define/chat-room.js";
import { rememberScriptOrigin } from "./identity/script-origin.js";

// A room asks for the origin in its first update, which comes after this script has run.
rememberScriptOrigin();
