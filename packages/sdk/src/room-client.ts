import type { ChatEvents } from "./chat-events.js";
import type { ChatPlatform } from "./chat-platform.js";
import type { HistoryAccess } from "./page-loader.js";
import type { Wish } from "./op-draft.js";
import type { Outbox } from "./outbox/outbox.js";
import type { Drafts } from "./drafts.js";
import type { OutboxDraft, OutboxEntry } from "./outbox/outbox-entry.js";
import type { Calendar } from "./platform/calendar.js";
import type { CompanyClient } from "./presence/room-company.js";
import type { Cursor } from "./protocol/ids.js";
import type { RoomFrame } from "./protocol/reading.js";
import type { Readings } from "./reading/readings.js";
import type { RoomWindow, TabRequest } from "./storage/user-storage.js";
import type { LogNews } from "./tabs/tabs-step.js";

/** What a room has of what is kept in this browser. */
export interface RoomStorage {
  /** Answers once, with nothing when nothing was kept. */
  readWindow(room: string, done: (window: RoomWindow | undefined) => void): void;
  keepRooms(rooms: readonly RoomFrame[]): void;
  keepWindow(room: string, window: RoomWindow | undefined): void;
  /** Ops of other tabs of this browser. */
  mirroredOf(room: string): readonly OutboxEntry[];
  /** Asks the tab that has this op. */
  ask(request: TabRequest): void;
  /** What our logs say of the ops of other tabs. [B4] */
  hear(news: LogNews): void;
}

/** What a room needs of its client. */
export interface RoomClient extends HistoryAccess, CompanyClient {
  readonly outbox: Outbox;
  readonly platform: ChatPlatform;
  readonly dayOf: Calendar;
  readonly readings: Readings;
  readonly storage: RoomStorage;
  readonly drafts: Drafts;
  /** A number no subscription had yet. [L6] */
  readonly freshRef: number;
  /** Throws `closed` when the client is. */
  assertUsable(operation: string): void;
  /** A checked op for this room. Throws `invalid` or `too_large`. */
  draft(room: string, wish: Wish): OutboxDraft;
  /** Something is to be said or heard: there should be a line. */
  wanted(): void;
  subscribe(room: string, ref: number, cursor: Cursor | undefined): void;
  unsubscribe(room: string): void;
  /** Tells the application, after the turn. */
  emit<Name extends keyof ChatEvents>(name: Name, event: ChatEvents[Name]): void;
  /** The stores of this room are to be brought up to date at the end of the turn. */
  changed(room: string): void;
}
