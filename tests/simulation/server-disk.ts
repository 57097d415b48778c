import { createMemoryDisk, type MemoryDisk } from "@confab/server/testing";
import type { LogReader, StoredEvent } from "./log-oracle.js";

/** An empty database with all tables, made once: each seed starts from a copy. */
let emptyImage: Buffer | undefined;

const EVENTS = `SELECT seq, id, "by", at, kind, count, payload
                  FROM events WHERE room = ? AND seq > ? ORDER BY seq`;
const KNOWN = `SELECT 1 FROM events WHERE id = ? UNION ALL SELECT 1 FROM messages WHERE id = ?
               UNION ALL SELECT 1 FROM rejected_ops WHERE id = ? LIMIT 1`;
const POSITIONS = "SELECT user, read_seq FROM members WHERE room = ? AND read_seq IS NOT NULL";
const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'";
const HEADS = "SELECT id, head FROM rooms";

/** The disk of the server's machine: outlives its processes, and can be put back to a backup. */
export class ServerDisk implements LogReader {
  readonly #disk: MemoryDisk;
  #isFull = false;

  constructor() {
    emptyImage ??= createMemoryDisk().backup();
    this.#disk = createMemoryDisk(emptyImage);
  }

  get memory(): MemoryDisk {
    return this.#disk;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  /** No commit succeeds from now on. */
  fill(): void {
    this.#isFull = true;
    this.#disk.failWrites();
  }

  /** There is room again. */
  clear(): void {
    this.#isFull = false;
    this.#disk.allowWrites();
  }

  /** The seed is over. */
  destroy(): void {
    this.#disk.destroy();
  }

  read(room: string, afterSeq: number): StoredEvent[] {
    return this.#disk.query(EVENTS, room, afterSeq).map((row) => ({
      ...(row as unknown as StoredEvent),
      payload: JSON.parse(String(row["payload"])) as Record<string, unknown>,
    }));
  }

  epoch(room: string): string {
    const [row] = this.#disk.query("SELECT epoch FROM rooms WHERE id = ?", room);
    return typeof row?.["epoch"] === "string" ? row["epoch"] : "";
  }

  heads(): ReadonlyMap<string, number> {
    const rows = this.#disk.query(HEADS);
    return new Map(rows.map((row) => [String(row["id"]), Number(row["head"])]));
  }

  /** Whether an op with this id has an outcome here. */
  knows(id: string): boolean {
    return this.#disk.query(KNOWN, id, id, id).length > 0;
  }

  backup(): Buffer {
    return this.#disk.backup();
  }

  /** Puts an older database in the place of this one; no server may be running. */
  restore(image: Buffer, options: { readonly keepsGeneration: boolean }): void {
    this.#disk.restore(image, options);
    this.#isFull = false;
  }

  /** Read positions by user. */
  positions(room: string): ReadonlyMap<string, number> {
    const rows = this.#disk.query(POSITIONS, room);
    return new Map(rows.map((row) => [String(row["user"]), Number(row["read_seq"])]));
  }

  /** Ops that were refused, and when. */
  refusals(): readonly { readonly id: string; readonly at: number }[] {
    const rows = this.#disk.query("SELECT id, at FROM rejected_ops");
    return rows.map((row) => ({ id: String(row["id"]), at: Number(row["at"]) }));
  }

  /** Everything that lies in any table, as one text. */
  text(): string {
    const tables = this.#disk.query(TABLES).map((row) => String(row["name"]));
    return tables.map((name) => JSON.stringify(this.#disk.query(`SELECT * FROM "${name}"`))).join();
  }
}
