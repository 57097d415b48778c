/** Parts of the elements inside a room that a page may style as `chat-room::part(name)`. */
export const EXPORTED_PARTS = {
  list:
    "frame, scroller, list, history-start, loader, day, unread-divider, empty, skeleton, " +
    "jump-button, message, message-own, message-first, message-last, message-sent, " +
    "message-pending, message-failed, message-deleted, message-head, avatar: message-avatar, " +
    "author, time, bubble, body, link, status, reactions, reaction, actions, action-button",
  composer: "composer, edit-bar, composer-field, send-button, counter, readonly",
} as const;
