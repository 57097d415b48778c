import type { RoomState, TimelineItem } from "@confab/sdk";
import { property } from "../../property.js";
import { ChatElement } from "../../chat-element.js";
import type { Layout } from "../chat-message/row-context.js";

/** What a list of messages is given: what to show, and how. */
export abstract class MessageListSettings extends ChatElement {
  /** The timeline, days and messages, oldest first. */
  @property({ attribute: false }) items: readonly TimelineItem[] = [];
  /** Which room this is; another one starts at its newest message. */
  @property({ attribute: "room-id" }) roomId = "";
  @property({ attribute: "room-name" }) roomName = "";
  /** Whether older messages exist than the first item. */
  @property({ type: Boolean, attribute: "has-older" }) hasOlder = false;
  @property() older: "idle" | "loading" | "failed" = "idle";
  /** Nothing is known of the room yet. */
  @property({ type: Boolean }) loading = false;
  /** Where the reader had read up to when the room was opened; a line stands below it. */
  @property({ type: Number, attribute: "unread-after" }) unreadAfter: number | undefined;
  /** What the reader may do here. */
  @property({ attribute: false }) capabilities: RoomState["capabilities"] = [];
  /** How long a message may be edited, in milliseconds since it was sent. */
  @property({ type: Number, attribute: "edit-window" }) editWindowMs = 900_000;
  /** There is no connection, so pending messages wait for one. */
  @property({ type: Boolean }) offline = false;
  @property({ reflect: true }) layout: Layout = "flat";
  @property({ type: Number, attribute: "heading-level" }) headingLevel = 3;
  @property({ type: Boolean, attribute: "without-avatars" }) withoutAvatars = false;
  @property({ type: Boolean, attribute: "without-names" }) withoutNames = false;
  @property({ type: Boolean, attribute: "without-day-separators" }) withoutDaySeparators = false;
}
