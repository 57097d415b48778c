import type { ChatPlatform } from "./chat-platform.js";
import type { ChatRooms } from "./chat-rooms.js";
import type { TokenSource } from "./connection/token-source.js";
import type { Drafts } from "./drafts.js";
import type { Outbox } from "./outbox/outbox.js";
import type { Readings } from "./reading/readings.js";
import type { ServerFacts } from "./server-facts.js";
import type { Turns } from "./turns.js";

/** The client around a storage: what is kept of it, and what hears of what was kept. */
export interface StorageClient {
  readonly platform: ChatPlatform;
  readonly baseUrl: string;
  readonly turns: Turns;
  readonly tokens: TokenSource;
  readonly outbox: Outbox;
  readonly readings: Readings;
  readonly drafts: Drafts;
  readonly facts: ServerFacts;
  readonly rooms: ChatRooms;
  /** Something is to be said or heard: there should be a line. */
  wanted(): void;
  /** The user signed out in another tab: all is over here, too. */
  signedOut(): void;
}
