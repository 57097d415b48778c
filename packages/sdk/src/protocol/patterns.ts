/** What an op id looks like. These stand apart from the schemas, as `ROOM_ID_PATTERN` does. [W5] */
export const OP_ID_PATTERN =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What a user id looks like. [W5] */
export const USER_ID_PATTERN = /^[\x21-\x7e]{1,128}$/;

/** What a reaction looks like, apart from its size: no white space, no halves of pairs. */
export const EMOJI_PATTERN = /^[^\s\p{Cc}\p{Surrogate}]+$/u;
