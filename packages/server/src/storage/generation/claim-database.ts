import { eq } from "drizzle-orm";
import type { Random } from "../../platform/random.js";
import type { Database } from "../database.js";
import { instance, rooms } from "../tables/schema.js";
import type { Generation, GenerationFile } from "./generation.js";

/** What starting on a database has found. */
export interface ClaimedDatabase {
  readonly generation: Generation;
  /** Rooms that have a new epoch, because the database is older than what was told to clients. */
  readonly restoredRooms: number;
}

/** Bytes of randomness that name one life of a log. [L3] */
const EPOCH_BYTES = 8;

/** Bytes of randomness that name a database. */
const DATABASE_BYTES = 16;

/**
 * Tells at start whether the database was put back from a copy, and gives every room a new epoch
 * if so: its log may have lost its tail, and no cursor from before may be trusted. [L3] The tables
 * must exist.
 */
export function claimDatabase(
  database: Database,
  file: GenerationFile,
  random: Random,
): ClaimedDatabase {
  const claimed = database.handle.transaction(() => claim(database, file.read(), random))();
  file.write(claimed.generation);
  return claimed;
}

function claim(
  { query }: Database,
  known: Generation | undefined,
  random: Random,
): ClaimedDatabase {
  const stored = query.select().from(instance).where(eq(instance.id, 1)).all()[0];
  if (stored !== undefined && agrees(stored, known))
    return { generation: stored, restoredRooms: 0 };
  const commits = stored === undefined ? 0 : stored.commits + 1;
  const generation = { database: random.hex(DATABASE_BYTES), commits };
  query
    .insert(instance)
    .values({ id: 1, ...generation })
    .onConflictDoUpdate({ target: instance.id, set: generation })
    .run();
  // A database that never was counted is a new one, unless somebody has counted another here.
  if (stored === undefined && known === undefined) return { generation, restoredRooms: 0 };
  const restored = query.select({ id: rooms.id }).from(rooms).all();
  for (const { id } of restored) {
    const epoch = random.hex(EPOCH_BYTES);
    query.update(rooms).set({ epoch }).where(eq(rooms.id, id)).run();
  }
  return { generation, restoredRooms: restored.length };
}

function agrees(stored: Generation, known: Generation | undefined): boolean {
  if (known === undefined) return stored.commits === 0;
  return known.database === stored.database && known.commits <= stored.commits;
}
