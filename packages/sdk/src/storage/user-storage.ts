import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { Capability } from "../protocol/capabilities.js";
import type { Cursor } from "../protocol/ids.js";
import type { Me, MessageRow, RoomInfo } from "../protocol/model.js";
import type { ReadPosition, RoomFrame } from "../protocol/reading.js";
import type { LogNews } from "../tabs/tabs-step.js";
import type { StorageProblem } from "./record-storage.js";

/** Whose data: nothing of another user is ever shown or sent. */
export interface StorageScope {
  /** Base of the server's HTTP addresses. */
  readonly server: string;
  readonly user: string;
}

/** An op as it is kept: plain data, made by the outbox and read by nobody else. */
export interface KeptOp {
  readonly id: string;
  readonly room: string;
  /** Somebody does not want it any more. */
  readonly isCancelled?: true;
  /** Its place in the log, once it is acked. */
  readonly seq?: number;
}

/** What is held of a room: enough to show it at once and to catch up from there. */
export interface RoomWindow {
  readonly cursor: Cursor;
  readonly rows: readonly MessageRow[];
  readonly hasOlder: boolean;
  readonly info?: RoomInfo;
  readonly capabilities: readonly Capability[];
}

/** What was kept of a user apart from ops and windows. */
export interface UserFacts {
  readonly me?: Me;
  readonly rooms: readonly RoomFrame[];
  /** My read positions that the server may not know yet, by room. [R1] */
  readonly positions: ReadonlyMap<string, ReadPosition>;
  /** Drafts by the place they are written for. */
  readonly drafts: ReadonlyMap<string, string>;
}

/** An op of another tab. */
export interface MirroredOp<Op extends KeptOp> {
  readonly op: Op;
  /** Its place in the log, once its tab has settled it. */
  readonly seq?: number;
}

/** What a storage tells its client, at any time but never during a call of it. */
export type StorageNews<Op extends KeptOp> =
  | { readonly t: "opened"; readonly facts: UserFacts }
  /** Ops of an earlier life of this page, or of a tab that is gone; they are kept already. */
  | { readonly t: "adopted"; readonly ops: readonly Op[] }
  /** The ops of the other tabs that live or left something, and that our logs do not hold yet. */
  | { readonly t: "mirrored"; readonly ops: readonly MirroredOp<Op>[] }
  | { readonly t: "position"; readonly room: string; readonly position: ReadPosition }
  | { readonly t: "draft"; readonly place: string; readonly text: string }
  /** Another tab's user wants something done with an op of ours. */
  | { readonly t: "asked"; readonly request: TabRequest }
  /** Nothing is kept from here on; tabs still hear of each other, unless the user signed out. */
  | { readonly t: "failed"; readonly reason: MemoryReason };

/** Why a client works from memory; `signed-out`: the user signed out in another tab. */
export type MemoryReason = StorageProblem | "signed-out";

/** Something to be done with an op by the tab that has it. */
export interface TabRequest {
  readonly verb: "discard";
  readonly room: string;
  readonly id: string;
}

/** What a storage needs of its client. */
export interface StorageHost<Op extends KeptOp> {
  readonly clock: Clock;
  readonly random: Random;
  tell(news: StorageNews<Op>): void;
}

/**
 * What one user keeps in this browser, as one tab sees it. It opens by itself and says so; what is
 * asked before waits. It never throws.
 */
export interface UserStorage<Op extends KeptOp> {
  /** Keeps these ops, or keeps them in this new form; `done` is called when they survive. [B1] */
  put(ops: readonly Op[], done: () => void): void;
  /** The other tabs are told: an op they show is under what our log has put on top since. [B4] */
  acked(id: string, seq: number): void;
  /** These ops need not be kept any more; with the places of those that are in the log. */
  remove(ids: readonly string[], seqs: ReadonlyMap<string, number>): void;
  keepMe(me: Me): void;
  keepRooms(rooms: readonly RoomFrame[]): void;
  /** A read position that the server is to hear of; undefined when it has. [R1] */
  keepPosition(room: string, position: ReadPosition | undefined): void;
  keepDraft(place: string, text: string): void;
  /** Keeps the window in a while; the newest counts. Undefined erases it. */
  keepWindow(room: string, window: RoomWindow | undefined): void;
  /** Answers once, with nothing when there is none. */
  readWindow(room: string, done: (window: RoomWindow | undefined) => void): void;
  /** Asks the tab that has this op; if that is gone, whoever finds the op does what was asked. */
  ask(request: TabRequest): void;
  /** What our logs hold or have lost of the ops of other tabs. [B4] */
  hear(news: LogNews): void;
  /** Erases everything of this user in this browser, in all tabs, and closes; closed or not. */
  forget(): void;
  /** Writes what waits and lets go; ops that are left are for another tab. Tells nothing more. */
  close(): void;
}

/** The part of a client that is loaded when something is to be kept. */
export interface StorageModule {
  /** Opens the storage of a user for one tab. */
  openUserStorage<Op extends KeptOp>(scope: StorageScope, host: StorageHost<Op>): UserStorage<Op>;
  /** The user a token is of, if it can be read; it is not verified. */
  userOfToken(token: string): string | undefined;
}

/** Loads that part; gives nothing when it cannot be had. Answers later, once. */
export type LoadStorage = (done: (module: StorageModule | undefined) => void) => void;
