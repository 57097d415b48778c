import type { StoredEvent } from "../storage/storage.js";

/**
 * An event ready to be sent to anybody: its frame as JSON text, and what a subscription must know
 * to keep its place.
 */
export interface EncodedEvent {
  readonly room: string;
  readonly seq: number;
  readonly count: number;
  readonly chain: string;
  readonly frame: string;
}

/**
 * Writes an event's frame. Done once per event, whoever receives it. The payload is JSON already
 * and is not read again; room, op id and kind need no escaping by their grammar. [W5]
 */
export function encodeEvent(event: StoredEvent): EncodedEvent {
  const { room, seq, id, by, at, kind, count, chain, payload } = event;
  const counted = kind === "msg" ? `,"count":${String(count)}` : "";
  const fields = payload === "{}" ? "}" : `,${payload.slice(1)}`;
  const frame =
    `{"t":"ev","room":"${room}","seq":${String(seq)},"id":"${id}","by":${JSON.stringify(by)},` +
    `"at":${String(at)},"k":"${kind}"${counted}${fields}`;
  return { room, seq, count, chain, frame };
}
