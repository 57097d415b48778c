import { property } from "../../property.js";
import { ChatAccessElement } from "../../access-element.js";
import type { SendOn } from "../chat-composer/send-keys.js";
import type { Layout } from "../chat-message/row-context.js";

/**
 * The attributes of a room: which one, and how it is shown. Who its reader is comes from the
 * class above.
 */
export abstract class ChatRoomSettings extends ChatAccessElement {
  /** Id of the room; may change at any time. */
  @property() room = "";

  /** Shown as the title; default the name of the room. */
  @property() heading: string | undefined;

  /** Level of the title among the headings of the page. */
  @property({ type: Number, attribute: "heading-level" }) headingLevel = 2;

  /** `auto`: bubbles in direct rooms and where it is narrow, else flat. */
  @property() layout: Layout | "auto" = "auto";

  /** `auto`: what the page says with `color-scheme`, else the reader's system. */
  @property({ reflect: true }) theme: "auto" | "light" | "dark" = "auto";

  /** How much space there is between things; type keeps its size. */
  @property({ reflect: true }) density: "compact" | "comfortable" | "spacious" | undefined;

  /** Nothing may be written here, whatever the server would allow. */
  @property({ type: Boolean, reflect: true }) readonly = false;

  /** Nothing may be written now; the field stays with what is in it. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** What sends: `enter`, `mod-enter`, or `auto` for Enter where there is a fine pointer. */
  @property({ attribute: "send-on" }) sendOn: SendOn = "auto";

  /** Shown in the empty field; default "Message {room}". */
  @property() placeholder: string | undefined;

  @property({ type: Boolean, attribute: "without-header" }) withoutHeader = false;
  @property({ type: Boolean, attribute: "without-composer" }) withoutComposer = false;
  @property({ type: Boolean, attribute: "without-avatars" }) withoutAvatars = false;
  @property({ type: Boolean, attribute: "without-day-separators" }) withoutDaySeparators = false;
}
