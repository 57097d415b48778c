/**
 * What a room id looks like. It stands apart from the schemas so that a client can check one
 * without them. [W5]
 */
export const ROOM_ID_PATTERN = /^[a-z0-9][a-z0-9._-]{0,63}$/;
